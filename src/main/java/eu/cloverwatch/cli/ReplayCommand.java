package eu.cloverwatch.cli;

import eu.cloverwatch.audit.replay.Replay;
import eu.cloverwatch.audit.replay.ReplayRequest;
import eu.cloverwatch.audit.replay.Replayed;
import eu.cloverwatch.audit.report.Report;
import eu.cloverwatch.audit.report.ReportContext;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.wire.RecordSerde;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Judges a range of the historic topics again, and writes a report: report.html, report.pdf, summary.json,"
                    + " violations.ndjson and .csv, changes.ndjson.",
            "Needs READ on the topics only: joins no group, commits nothing, creates nothing."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReplayCommand implements Callable<Integer> {

    @Mixin
    private History history;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "For the report; new or empty.")
    private Path out;

    @Option(
            names = "--known-at",
            paramLabel = "T",
            description = "Judge by what was recorded by then, and list what later facts changed.")
    private @Nullable String knownAt;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description =
                    "Judge by this policy, as if it had always been in force, and list what it judges differently.")
    private @Nullable Path policy;

    @Option(names = "--actor", paramLabel = "ID", description = "Only what this actor did.")
    private @Nullable String actor;

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            description = "Only violations of this rule: ${COMPLETION-CANDIDATES}.")
    private @Nullable Rule rule;

    @Option(
            names = "--aware-at",
            paramLabel = "T",
            description = "When the controller became aware: the 72 hours of GDPR Art. 33 run from then.")
    private @Nullable String awareAt;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Instant madeAt = Instant.now();
        ReplayRequest request = request();
        Instant aware = awareAt == null ? null : History.time("--aware-at", awareAt, spec);
        ReportContext context = new ReportContext(
                Main.version(),
                command(),
                aware,
                madeAt,
                request.to().isAfter(madeAt),
                history.configuration().incidentGap());
        try (ReportFiles files = ReportFiles.in(out);
                RecordSerde serde = history.serde();
                Replayed replayed = replay(request, serde, files.temporary())) {
            Retention.refuseNothing(
                    replayed.losses(),
                    request.from(),
                    replayed.events().stream()
                            .mapToLong(Replayed.Input::records)
                            .sum());
            Report.write(replayed, context, files.temporary());
            files.complete();
            summarize(replayed, context, spec.commandLine().getErr());
        }
        return ExitCode.FINE.code();
    }

    private ReplayRequest request() throws IOException {
        List<PolicyDocument> policies = policy == null ? List.of() : Scenarios.policies(policy);
        return new ReplayRequest(
                history.from(spec),
                history.to(spec),
                knownAt == null ? null : History.time("--known-at", knownAt, spec),
                policies,
                actor,
                rule);
    }

    private Replayed replay(ReplayRequest request, RecordSerde serde, Path temporary) {
        try (History.Bars bars = new History.Bars()) {
            return new Replay(
                            history.source(serde, spec),
                            history.pseudonyms(),
                            history.configuration().lookback(),
                            temporary,
                            bars)
                    .run(request);
        }
    }

    private void summarize(Replayed replayed, ReportContext context, PrintWriter err) {
        long events =
                replayed.outcomes().values().stream().mapToLong(Long::longValue).sum();
        if (context.rangeOpen()) {
            err.println("note: the range ends in the future; this is what is known of it at " + context.madeAt());
        }
        if (!replayed.losses().isEmpty()) {
            err.println(Retention.incomplete(replayed.losses()));
        }
        replayed.uncommitted().forEach(some -> err.println("INCOMPLETE: " + some));
        if (events == 0 && replayed.losses().isEmpty() && replayed.uncommitted().isEmpty()) {
            err.println("note: no event occurred in the range" + (actor == null ? "" : " by " + actor));
        }
        err.println("%d events: %d violations, %d undecidable; the report is in %s"
                .formatted(
                        events,
                        replayed.outcomes().getOrDefault(Outcome.VIOLATION, 0L),
                        replayed.outcomes().getOrDefault(Outcome.UNDECIDABLE, 0L),
                        out));
    }

    /** As it was given: paths and times, never a secret. */
    private List<String> command() {
        List<String> words = new ArrayList<>(List.of("cloverwatch", spec.name()));
        List<String> arguments =
                new ArrayList<>(spec.commandLine().getParseResult().originalArgs());
        // The first only: it may be an actor's name, too.
        arguments.remove(spec.name());
        words.addAll(arguments);
        return words;
    }
}
