package eu.cloverwatch.cli;

import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.runtime.Loader;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.ScenarioFile;
import eu.cloverwatch.wire.Topic;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** Publishes a scenario and counts what it publishes; a line that is no record is published as it stands, and shown. */
final class ScenarioPublisher {

    private static final String AUTHOR = "scenario";

    private final Loader loader;
    private final PrintWriter err;
    private final LongConsumer progress;
    private final Map<Topic, Long> published = new EnumMap<>(Topic.class);
    private long total;

    ScenarioPublisher(Loader loader, PrintWriter err, LongConsumer progress) {
        this.loader = loader;
        this.err = err;
        this.progress = progress;
    }

    void policies(List<PolicyDocument> policies) {
        Scenarios.revisions(policies, AUTHOR).forEach(this::publish);
    }

    void line(ScenarioFile.Line line) {
        if (line.problem() != null) {
            err.println(line.place() + ": published as it is, no record: " + line.problem());
        }
        publish(line.arrival());
    }

    private void publish(Arrival arrival) {
        loader.publish(arrival);
        published.merge(arrival.topic(), 1L, Long::sum);
        progress.accept(++total);
    }

    long events() {
        return published.getOrDefault(Topic.ACCESS_EVENTS, 0L);
    }

    String summary() {
        return "published "
                + published.entrySet().stream()
                        .map(count -> count.getValue() + " to " + count.getKey().baseName())
                        .collect(Collectors.joining(", "));
    }
}
