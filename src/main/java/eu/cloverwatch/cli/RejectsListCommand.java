package eu.cloverwatch.cli;

import eu.cloverwatch.audit.replay.ReplaySource;
import eu.cloverwatch.runtime.RejectedRecord;
import eu.cloverwatch.wire.RecordSerde;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists rejects: where each is, where it was read, when it was rejected, its size, and why. Never key or value.",
            "Needs READ on the rejects topic only: joins no group, commits nothing."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RejectsListCommand implements Callable<Integer> {

    /** A topic of nothing but garbage does not fill the memory. */
    private static final int MAX_REASONS = 1_000;

    @Mixin
    private RejectsTopic topic;

    @Mixin
    private RejectsSelection selection;

    @Option(names = "--json", description = "Print each as a line of JSON.")
    private boolean json;

    @Option(
            names = "--requeued",
            description = "Look up where each was submitted again. Needs READ on the topics that they are of, too, and"
                    + " reads these from the time of the first reject on.")
    private boolean requeued;

    @Spec
    private CommandSpec spec;

    private final Map<String, Long> counts = new TreeMap<>();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        selection.check(topic.configuration());
        try (RecordSerde serde = topic.serde()) {
            ReplaySource source = topic.source(serde);
            RequeuedRecords again = requeued ? lookUp(source) : new RequeuedRecords();
            topic.forEach(
                    source,
                    selection,
                    reject -> {
                        List<String> places = again.of(reject);
                        out.println(
                                json
                                        ? RejectLine.json(reject, requeued ? places : null)
                                        : RejectLine.text(reject, places));
                        count(reject);
                    },
                    err::println);
        }
        out.flush();
        counts.forEach((what, count) -> err.println("%8d  %s".formatted(count, what)));
        err.println("%8d  rejects"
                .formatted(counts.values().stream().mapToLong(Long::longValue).sum()));
        return ExitCode.FINE.code();
    }

    private RequeuedRecords lookUp(ReplaySource source) {
        RequeuedRecords again = new RequeuedRecords();
        topic.forEach(
                source,
                selection,
                reject -> topic.topic(reject.origin().topic()).ifPresent(of -> again.expect(of, reject)),
                problem -> {});
        again.read(source);
        return again;
    }

    private void count(RejectedRecord reject) {
        String what = RejectLine.visible(reject.origin().topic() + ": " + reject.reason());
        counts.merge(counts.containsKey(what) || counts.size() < MAX_REASONS ? what : "other reasons", 1L, Long::sum);
    }
}
