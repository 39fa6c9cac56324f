package eu.cloverwatch.cli;

import eu.cloverwatch.model.Countries;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.model.Severity;
import eu.cloverwatch.model.VisibleCharacters;
import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.ViolationFollower;
import eu.cloverwatch.runtime.ViolationFollower.Start;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.RecordSerde;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description = {
            "Follows the violations topic from now on until Ctrl-C, two lines for each revision of a violation.",
            "Needs READ on that topic only: joins no group, commits nothing. Goes on when brokers come back.",
            "With several filters, all must hold; one that is given several times holds for any of its values. Later"
                    + " revisions of a violation that was shown are shown whatever they have become."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TailCommand implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The configuration, .properties.")
    private Path config;

    @Option(
            names = "--severity",
            paramLabel = "S",
            description = "Only violations of this severity and above: ${COMPLETION-CANDIDATES}.")
    private @Nullable Severity severity;

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            description = "Only violations with a finding of this rule: ${COMPLETION-CANDIDATES}.")
    private List<Rule> rules = List.of();

    @Option(names = "--actor", paramLabel = "ID", description = "Only what this actor did.")
    private List<String> actors = List.of();

    @Option(
            names = "--country",
            paramLabel = "CC",
            description = "Only data that went to this country (destination_country), as CN.")
    private List<String> countries = List.of();

    @Option(names = "--json", description = "Print each revision as a line of JSON, with all fields of the schema.")
    private boolean json;

    @ArgGroup
    private @Nullable Earlier earlier;

    /** Where to begin, if not at the end. */
    static final class Earlier {

        @Option(names = "--from-beginning", required = true, description = "Begin with the first one that is kept.")
        private boolean beginning;

        @Option(
                names = "--since",
                paramLabel = "T",
                required = true,
                description = "Begin with those that were published at this time or later, as 2026-03-01T00:00:00Z.")
        private @Nullable String since;
    }

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Predicate<Violation> filter = filter();
        Start start = start();
        Configuration configuration = Configuration.load(config, System.getenv(), Map.of());
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Consumer<Violation> printer = printer(out);
        try (RecordSerde serde = ConfiguredSerde.open(configuration);
                ViolationFollower follower = new ViolationFollower(
                        configuration,
                        serde,
                        start,
                        notice -> err.println("note: " + VisibleCharacters.shown(notice)))) {
            if (Terminal.isErr()) {
                err.println("following violations; Ctrl-C ends it");
            }
            while (!isClosed(out)) {
                follower.poll(violation -> {
                    if (filter.test(violation)) {
                        printer.accept(violation);
                    }
                });
            }
        }
        return ExitCode.FINE.code();
    }

    /** Whoever read the output, such as {@code head}, has had enough. */
    private static boolean isClosed(PrintWriter out) {
        return out.checkError() || System.out.checkError();
    }

    private Consumer<Violation> printer(PrintWriter out) {
        if (!json) {
            return new ViolationPrinter(out, Terminal.isOutColoured())::printWithRemedy;
        }
        return violation -> {
            out.println(ViolationJson.of(violation));
            out.flush();
        };
    }

    private Start start() {
        if (earlier == null) {
            return new Start.End();
        }
        return earlier.since == null
                ? new Start.Beginning()
                : new Start.Since(History.time("--since", earlier.since, spec));
    }

    private Predicate<Violation> filter() {
        for (String country : countries) {
            if (!Countries.isCountry(country)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--country: expected an ISO 3166-1 alpha-2 code in capitals, got '" + country + "'");
            }
        }
        return new ViolationFilter(violation -> isGraveEnough(violation)
                && (rules.isEmpty() || rules.stream().anyMatch(rule -> hasFinding(violation, rule)))
                && (actors.isEmpty() || actors.contains(violation.getActor().getId()))
                && (countries.isEmpty() || countries.contains(violation.getDestinationCountry())));
    }

    private boolean isGraveEnough(Violation violation) {
        return severity == null
                || Severity.valueOf(violation.getSeverity().name()).compareTo(severity) >= 0;
    }

    private static boolean hasFinding(Violation violation, Rule rule) {
        return violation.getFindings().stream()
                .anyMatch(finding -> finding.getRule().equals(rule.name()));
    }
}
