package eu.cloverwatch.cli;

import eu.cloverwatch.audit.verify.Difference;
import eu.cloverwatch.audit.verify.Verification;
import eu.cloverwatch.audit.verify.Verified;
import eu.cloverwatch.wire.RecordSerde;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Replays a range, and compares it with what the monitor published: violations, hash chains, ledger.",
            "Differences on stdout, one line each, and exit code 1 if there are any. Needs READ on the topics only."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class VerifyCommand implements Callable<Integer> {

    @Mixin
    private History history;

    @Option(names = "--json", description = "Print each difference as a line of JSON.")
    private boolean json;

    @Option(
            names = "--temporary",
            paramLabel = "DIR",
            description = "Where temporary files have space; default: ${DEFAULT-VALUE}.")
    private Path temporary = Path.of(System.getProperty("java.io.tmpdir"));

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Verified verified;
        try (RecordSerde serde = history.serde();
                History.Bars bars = new History.Bars()) {
            verified = new Verification(
                            history.source(serde, spec),
                            history.pseudonyms(),
                            history.configuration().lookback(),
                            temporary,
                            bars)
                    .run(history.from(spec), history.to(spec));
        }
        Retention.refuseNothing(verified.losses(), history.from(spec), verified.records());
        for (Difference difference : verified.differences()) {
            out.println(json ? DifferenceJson.of(difference) : difference.toText());
        }
        out.flush();
        if (!verified.losses().isEmpty()) {
            err.println(Retention.incomplete(verified.losses()));
        }
        verified.notes().forEach(note -> err.println("note: " + note));
        err.println(summary(verified));
        return (verified.differences().isEmpty() ? ExitCode.FINE : ExitCode.DIFFERENT).code();
    }

    private static String summary(Verified verified) {
        long events =
                verified.outcomes().values().stream().mapToLong(Long::longValue).sum();
        return "%d differences: %d events judged again, %d of them violations or undecidable; %d links of chains and %d epochs of the ledger checked"
                .formatted(
                        verified.differences().size(),
                        events,
                        verified.violations(),
                        verified.links(),
                        verified.epochs());
    }
}
