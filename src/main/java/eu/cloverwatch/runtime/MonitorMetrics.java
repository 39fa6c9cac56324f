package eu.cloverwatch.runtime;

import eu.cloverwatch.model.Outcome;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

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
        Gauge.builder("cloverwatch.facts", monitor, m -> m.facts().size())
                .description("Employees, gateways and policy revisions that are known")
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
