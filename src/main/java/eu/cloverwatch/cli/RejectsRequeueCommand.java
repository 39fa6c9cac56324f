package eu.cloverwatch.cli;

import eu.cloverwatch.audit.replay.RecordAdmission;
import eu.cloverwatch.audit.replay.ReplaySource;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.runtime.RejectedRecord;
import eu.cloverwatch.runtime.Requeue;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "requeue",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes rejects to the topics that they came from, as they came, or one of them repaired (--value). What would be"
                    + " rejected again is not sent.",
            "Needs READ on the rejects topic and WRITE on those; --record says what is sent, anything else takes --yes."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RejectsRequeueCommand implements Callable<Integer> {

    /** As much is looked through twice, and remembered between. */
    private static final int MAX_RECORDS = 100_000;

    @Mixin
    private RejectsTopic topic;

    @Mixin
    private RejectsSelection selection;

    @Option(
            names = "--value",
            paramLabel = "FILE",
            description = "The repaired record, as one line of a scenario directory, in place of the one --record.")
    private @Nullable Path value;

    @Option(
            names = "--yes",
            paramLabel = "N",
            description = "Send what is selected without naming it, if it is still this many records.")
    private @Nullable Integer yes;

    @Option(names = "--dry-run", description = "Send nothing, say what would be sent.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    private final Set<Origin> sendable = new LinkedHashSet<>();
    private final Set<Topic> destinations = EnumSet.noneOf(Topic.class);
    private long refused;
    private @Nullable Arrival repaired;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        selection.check(topic.configuration());
        checkOptions();
        try (RecordSerde serde = topic.serde()) {
            ReplaySource source = topic.source(serde);
            Resubmission resubmission = new Resubmission(
                    topic, new RecordAdmission(source), Instant.now().truncatedTo(ChronoUnit.MILLIS));
            plan(source, resubmission);
            if (isToBeSent()) {
                send(source, resubmission, serde);
            }
        }
        err.flush();
        return ExitCode.FINE.code();
    }

    private void checkOptions() {
        if (selection.isEverything()) {
            throw new ParameterException(
                    spec.commandLine(), "expected which rejects: --record, --topic, --reason, --from or --to");
        }
        if (value != null && !selection.isExplicit()) {
            throw new ParameterException(spec.commandLine(), "--value: expected the --record that it is in place of");
        }
        if (dryRun && yes != null) {
            throw new ParameterException(spec.commandLine(), "--yes: expected no --dry-run beside it");
        }
    }

    private void plan(ReplaySource source, Resubmission resubmission) throws IOException {
        List<RejectedRecord> one = new ArrayList<>();
        topic.forEach(
                source,
                selection,
                reject -> {
                    if (value == null) {
                        plan(reject, resubmission.problemAsItCame(reject), resubmission.topic(reject));
                    } else {
                        plan(reject, resubmission.problem(reject), resubmission.topic(reject));
                        one.add(reject);
                    }
                },
                spec.commandLine().getErr()::println);
        if (value != null && refused == 0) {
            if (one.size() != 1) {
                throw new UserError("--value: expected one --record, got " + one.size());
            }
            repaired = resubmission.read(value, Objects.requireNonNull(resubmission.topic(one.get(0))));
        }
    }

    private void plan(RejectedRecord reject, @Nullable String problem, @Nullable Topic destination) {
        if (problem != null) {
            problem(reject.place() + " " + problem);
            return;
        }
        if (sendable.size() == MAX_RECORDS) {
            throw new UserError("expected at most " + MAX_RECORDS + " records at a time; --from and --to select fewer");
        }
        sendable.add(reject.place());
        destinations.add(Objects.requireNonNull(destination));
        if (!isToBeSentAsSelected()) {
            spec.commandLine()
                    .getOut()
                    .println(reject.place() + " would go to " + reject.origin().topic() + ", " + reject.bytes() + " B, "
                            + (value == null ? "as it came" : "repaired"));
        }
    }

    /** Named records go or none does; of others, what cannot go is left out. */
    private void problem(String problem) {
        refused++;
        spec.commandLine().getErr().println((selection.isExplicit() ? "" : "left out: ") + problem);
    }

    private boolean isToBeSentAsSelected() {
        return !dryRun && (selection.isExplicit() || yes != null);
    }

    private boolean isToBeSent() {
        PrintWriter err = spec.commandLine().getErr();
        spec.commandLine().getOut().flush();
        if (selection.isExplicit() && refused > 0) {
            throw new UserError("nothing was sent: " + refused + " of "
                    + (refused + sendable.size()) + " named records cannot be submitted as they came;"
                    + " --value FILE submits a repaired one");
        }
        if (yes != null && yes != sendable.size()) {
            throw new UserError("nothing was sent: --yes says " + yes + " records, and " + sendable.size()
                    + " are selected that can be submitted");
        }
        if (!isToBeSentAsSelected()) {
            boolean takesYes = !selection.isExplicit() && !sendable.isEmpty();
            err.println("nothing was sent, " + sendable.size() + " records would be"
                    + (takesYes ? "; --yes " + sendable.size() + " sends them" : ""));
        }
        return isToBeSentAsSelected() && !sendable.isEmpty();
    }

    private void send(ReplaySource source, Resubmission resubmission, RecordSerde serde) {
        PrintWriter out = spec.commandLine().getOut();
        Arrival line = repaired;
        try (Requeue requeue = new Requeue(
                topic.configuration(), destinations, (reject, place) -> out.println(reject.place() + " -> " + place))) {
            try {
                topic.forEach(
                        source,
                        selection,
                        reject -> {
                            if (sendable.contains(reject.place())) {
                                requeue.send(
                                        reject,
                                        line == null
                                                ? resubmission.asItCame(reject)
                                                : resubmission.repaired(reject, line, serde));
                            }
                        },
                        problem -> {});
                requeue.flush();
            } finally {
                out.flush();
                spec.commandLine()
                        .getErr()
                        .println(requeue.acknowledged() + " of " + sendable.size() + " records were sent");
            }
        }
    }
}
