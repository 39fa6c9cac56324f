package eu.cloverwatch.cli;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.runtime.Loader;
import eu.cloverwatch.wire.FinalVerdict;
import eu.cloverwatch.wire.ScenarioDirectory;
import eu.cloverwatch.wire.ShuffledScenario;
import eu.cloverwatch.wire.ShuffledScenario.Arriving;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** A scenario directory whose records come in a random order to a monitor that knows the policies and nothing else. */
final class ShuffledFeed implements DemoFeed {

    private final List<PolicyDocument> policies;
    private final List<Arriving> arriving;
    private final long seed;
    private final PrintWriter err;
    private int next;
    private long events;

    /**
     * @param lookback the monitor's
     * @param err is told of every line that is no record
     */
    ShuffledFeed(Path directory, Duration lookback, long seed, PrintWriter err) throws IOException {
        ScenarioDirectory scenario = Scenarios.open(directory);
        this.policies = Scenarios.policies(scenario.policyFile());
        this.arriving = ShuffledScenario.of(scenario, lookback, seed);
        this.seed = seed;
        this.err = err;
    }

    @Override
    public void publishAll(Loader loader, LongConsumer progress) {
        publishFirst(loader);
    }

    @Override
    public void publishFirst(Loader loader) {
        new ScenarioPublisher(loader, err, count -> {}).policies(policies);
        loader.flush();
    }

    @Override
    public boolean publishUpTo(Loader loader, Pause pause, long count) throws InterruptedException {
        ScenarioPublisher publisher = new ScenarioPublisher(loader, err, total -> {});
        long before = events;
        while (next < arriving.size() && events < count) {
            Arriving record = arriving.get(next++);
            if (record.afterPause()) {
                loader.flush();
                pause.awaitQuiet();
            }
            publisher.line(record.line());
            events = before + publisher.events();
        }
        loader.flush();
        return next < arriving.size();
    }

    @Override
    public long size() {
        return policies.size();
    }

    @Override
    public long events() {
        return events;
    }

    @Override
    public ExitCode report(PrintWriter out, Map<Outcome, Long> outcomes, List<FinalVerdict> verdicts) {
        out.println(events + " access events, shuffled with seed " + seed + ": " + DemoFeed.line(outcomes));
        return ExitCode.FINE;
    }
}
