package eu.cloverwatch.cli;

import eu.cloverwatch.demo.Demo;
import eu.cloverwatch.demo.World;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.runtime.Loader;
import eu.cloverwatch.runtime.ViolationReader;
import eu.cloverwatch.wire.FinalVerdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a Kafka broker, a schema registry and the monitor in one process, on 127.0.0.1.",
            "Feeds them a generated world with planted violations, or a scenario directory, and shows the violations as they "
                    + "come, until Ctrl-C."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DemoCommand implements Callable<Integer> {

    /** Slow enough to read along: about one access in thirty is a violation. */
    private static final long EVENTS_PER_SECOND = 50;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port of registry, health and metrics; 0: any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--broker-port",
            paramLabel = "N",
            defaultValue = "9092",
            description = "Port of the broker; 0: any free one. Default: ${DEFAULT-VALUE}.")
    private int brokerPort;

    @Option(names = "--input", paramLabel = "DIR", description = "Feed this scenario directory, not a generated world.")
    private @Nullable Path input;

    @Option(
            names = "--shuffle",
            paramLabel = "SEED",
            description =
                    "With --input: the records arrive in a random order, facts after events that they change, as late as the "
                            + "look-back allows. Reads the directory into memory.")
    private @Nullable Long shuffle;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "20000",
            description = "How many accesses to generate. Default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "Which world to generate. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--once", description = "Judge everything, print a summary and end.")
    private boolean once;

    @Option(
            names = "--json",
            description =
                    "With --once: print the final verdicts, read back from the violations topic, as `check` does.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (json && !once) {
            throw new ParameterException(spec.commandLine(), "--json needs --once");
        }
        if (shuffle != null && input == null) {
            throw new ParameterException(spec.commandLine(), "--shuffle needs --input");
        }
        if (events < 1) {
            throw new ParameterException(spec.commandLine(), "--events: expected at least 1, got " + events);
        }
        PrintWriter err = spec.commandLine().getErr();
        DemoFeed feed = feed(err);
        try (Demo demo = Demo.start(port, brokerPort)) {
            Shutdown.closes(demo);
            err.println("Kafka at " + demo.bootstrapServers() + ", schema registry at " + demo.registryAddress()
                    + ", health and metrics at " + demo.httpAddress());
            err.flush();
            return (once ? judgeOnce(demo, feed) : follow(demo, feed)).code();
        }
    }

    private DemoFeed feed(PrintWriter err) throws IOException {
        if (input == null) {
            return new WorldFeed(World.generate(seed, events), seed);
        }
        return shuffle == null ? new DirectoryFeed(input, err) : new ShuffledFeed(input, Demo.LOOKBACK, shuffle, err);
    }

    private ExitCode judgeOnce(Demo demo, DemoFeed feed) throws IOException, InterruptedException {
        try (Loader loader = demo.loader()) {
            try (Progress progress = new Progress("Publishing", feed.size())) {
                feed.publishAll(loader, progress::to);
            }
            demo.startMonitor();
            feed.publishUpTo(loader, demo::awaitQuiet, Long.MAX_VALUE);
        }
        Map<Outcome, Long> outcomes;
        try (Progress progress = new Progress("Judging", feed.events())) {
            outcomes = demo.awaitJudged(feed.events(), progress::to);
        }
        demo.stopMonitor();
        List<FinalVerdict> verdicts = demo.readViolations().verdicts();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            verdicts.forEach(verdict -> out.println(verdict.toJson()));
        }
        ExitCode code = feed.report(json ? spec.commandLine().getErr() : out, outcomes, verdicts);
        out.flush();
        return code;
    }

    /** Goes on until the process is told to end. */
    private ExitCode follow(Demo demo, DemoFeed feed) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        ViolationPrinter printer = new ViolationPrinter(out, Terminal.isOutColoured());
        try (Loader loader = demo.loader();
                ViolationReader violations = demo.violations()) {
            feed.publishFirst(loader);
            demo.startMonitor();
            long start = System.nanoTime();
            boolean reported = false;
            while (true) {
                long due = (System.nanoTime() - start) * EVENTS_PER_SECOND / NANOS_PER_SECOND;
                boolean more = feed.publishUpTo(loader, demo::awaitQuiet, due);
                violations.poll(printer::print);
                demo.checkAlive();
                Optional<Map<Outcome, Long>> outcomes =
                        more || reported ? Optional.empty() : demo.judged(feed.events());
                if (outcomes.isPresent()) {
                    feed.report(out, outcomes.get(), demo.readViolations().verdicts());
                    out.println("That was all; broker, registry and monitor go on until Ctrl-C.");
                    out.flush();
                    reported = true;
                }
            }
        }
    }
}
