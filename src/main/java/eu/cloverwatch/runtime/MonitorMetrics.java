package eu.cloverwatch.runtime;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.wire.Topic;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;

/** The numbers of a monitor, in the text format of Prometheus. */
public final class MonitorMetrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final KafkaStreamsMetrics streams;

    public MonitorMetrics(Monitor monitor) {
        this.streams = new KafkaStreamsMetrics(monitor.streams());
        streams.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        for (Outcome outcome : Outcome.values()) {
            Gauge.builder("cloverwatch.outcomes", monitor, m -> count(m, outcome))
                    .tag("outcome", outcome.name())
                    .description("Access events that ended so, of the partitions that this instance has now")
                    .register(registry);
        }
        for (Topic topic : List.of(Topic.EMPLOYEE_LOCATIONS, Topic.CONSENTS, Topic.GATEWAYS)) {
            FunctionCounter.builder("cloverwatch.late.facts", monitor.lateFacts(), late -> late.count(topic))
                    .tag("topic", topic.shortName())
                    .description(
                            "Facts that reach back beyond the look-back: events before it are judged by replay only")
                    .register(registry);
        }
        Gauge.builder("cloverwatch.pending", monitor, Monitor::pending)
                .description(
                        "Pieces of work not done yet: ranges to judge again, outcomes that the ledger was not told")
                .register(registry);
        Gauge.builder(
                        "cloverwatch.without.outcome.seconds",
                        monitor,
                        m -> m.oldestWithoutOutcome().toSeconds())
                .description("How long ago the oldest record was read that has no outcome yet; 0 if all have")
                .register(registry);
        Gauge.builder("cloverwatch.facts", monitor, m -> m.facts().size())
                .description("Gateways and policy revisions that are known")
                .register(registry);
        Gauge.builder("cloverwatch.up", monitor, m -> m.health() == Health.UP ? 1 : 0)
                .description("1 while every event that arrives is judged")
                .register(registry);
    }

    /** NaN while the state is being moved: no number is better than a wrong one. */
    private static double count(Monitor monitor, Outcome outcome) {
        return monitor.outcomes()
                .map(counts -> counts.getOrDefault(outcome, 0L))
                .map(Long::doubleValue)
                .orElse(Double.NaN);
    }

    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        streams.close();
        registry.close();
    }
}
