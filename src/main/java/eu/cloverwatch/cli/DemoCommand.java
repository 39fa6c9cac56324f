package eu.cloverwatch.cli;

import eu.cloverwatch.demo.Demo;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.runtime.FinalViolations;
import eu.cloverwatch.runtime.Loader;
import eu.cloverwatch.wire.FinalVerdict;
import eu.cloverwatch.wire.ScenarioDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Runs broker, registry and monitor in one process, and feeds them.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DemoCommand implements Callable<Integer> {

    @Option(names = "--input", paramLabel = "DIR", description = "Feed this scenario directory.")
    private @Nullable Path input;
    @Option(names = "--once") private boolean once;
    @Option(names = "--json") private boolean json;
    @Option(names = "--port", defaultValue = "8080") private int port;
    @Option(names = "--broker-port", defaultValue = "9092") private int brokerPort;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ScenarioDirectory scenario = Scenarios.open(java.util.Objects.requireNonNull(input));
        List<PolicyDocument> policies = Scenarios.policies(scenario.policyFile());
        try (Demo demo = Demo.start(port, brokerPort)) {
            Shutdown.closes(demo);
            long events;
            try (Loader loader = demo.loader(); Progress progress = new Progress("Publishing", -1)) {
                ScenarioFeed feed = new ScenarioFeed(loader, err, progress);
                feed.policies(policies);
                scenario.forEachInterleaved(feed::line);
                loader.flush();
                events = feed.events();
            }
            demo.startMonitor();
            Map<Outcome, Long> outcomes;
            try (Progress progress = new Progress("Judging", events)) {
                outcomes = demo.awaitJudged(events, progress::to);
            }
            demo.stopMonitor();
            err.println(outcomes);
            FinalViolations v = demo.readViolations();
            v.verdicts().forEach(x -> out.println(x.toJson()));
            out.flush();
        }
        return ExitCode.FINE.code();
    }
}
