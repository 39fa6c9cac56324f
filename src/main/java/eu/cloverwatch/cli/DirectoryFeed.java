package eu.cloverwatch.cli;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.runtime.Loader;
import eu.cloverwatch.wire.FinalVerdict;
import eu.cloverwatch.wire.ScenarioDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** A scenario directory, as {@code load} publishes it. */
final class DirectoryFeed implements DemoFeed {

    private final ScenarioDirectory scenario;
    private final List<PolicyDocument> policies;
    private final PrintWriter err;
    private long events;

    /** @param err is told of every line that is no record */
    DirectoryFeed(Path directory, PrintWriter err) throws IOException {
        this.scenario = Scenarios.open(directory);
        this.policies = Scenarios.policies(scenario.policyFile());
        this.err = err;
    }

    @Override
    public void publishAll(Loader loader, LongConsumer progress) throws IOException {
        ScenarioPublisher publisher = new ScenarioPublisher(loader, err, progress);
        publisher.policies(policies);
        scenario.forEachInterleaved(publisher::line);
        loader.flush();
        events = publisher.events();
    }

    @Override
    public void publishFirst(Loader loader) throws IOException {
        publishAll(loader, count -> {});
    }

    @Override
    public boolean publishUpTo(Loader loader, Pause pause, long count) {
        return false;
    }

    @Override
    public long size() {
        return -1;
    }

    @Override
    public long events() {
        return events;
    }

    @Override
    public ExitCode report(PrintWriter out, Map<Outcome, Long> outcomes, List<FinalVerdict> verdicts) {
        out.println(events + " access events: " + DemoFeed.line(outcomes));
        return ExitCode.FINE;
    }
}
