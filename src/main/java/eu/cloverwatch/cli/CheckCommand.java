package eu.cloverwatch.cli;

import eu.cloverwatch.audit.Check;
import eu.cloverwatch.audit.Differences;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.wire.FinalVerdict;
import eu.cloverwatch.wire.ScenarioDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Judges a scenario directory offline: final verdicts on stdout, one line of JSON each.",
            "With expected.ndjson in the directory: differences on stderr, and exit code 1 if there are any."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "The scenario directory.")
    private Path directory;

    @Option(names = "--policy", paramLabel = "FILE", description = "Judge by this policy instead of DIR/policy.yaml.")
    private @Nullable Path policy;

    @Option(names = "--outcomes", description = "Print one JSON object of counts by outcome instead of verdicts.")
    private boolean outcomes;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ScenarioDirectory scenario = Scenarios.open(directory);
        List<PolicyDocument> policies = Scenarios.policies(policy == null ? scenario.policyFile() : policy);
        Check.Result result;
        try (Progress progress = new Progress("Judging", -1)) {
            result = Check.run(scenario, policies, err::println, progress::to);
        }
        if (outcomes) {
            out.println(toJson(result.outcomes()));
        } else {
            result.verdicts().forEach(verdict -> out.println(verdict.toJson()));
        }
        out.flush();
        return compare(scenario, result.verdicts(), err).code();
    }

    private static ExitCode compare(ScenarioDirectory scenario, List<FinalVerdict> found, PrintWriter err)
            throws IOException {
        if (!Files.exists(scenario.expectedFile())) {
            return ExitCode.FINE;
        }
        List<String> differences = Differences.between(Scenarios.verdicts(scenario.expectedFile()), found);
        differences.forEach(err::println);
        return differences.isEmpty() ? ExitCode.FINE : ExitCode.DIFFERENT;
    }

    private static String toJson(Map<Outcome, Long> outcomes) {
        return outcomes.entrySet().stream()
                .map(count -> "\"" + count.getKey() + "\": " + count.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
