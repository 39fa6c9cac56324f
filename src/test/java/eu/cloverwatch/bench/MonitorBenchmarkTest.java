package eu.cloverwatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.demo.Demo;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.runtime.Loader;
import eu.cloverwatch.wire.RegistrySettings;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Bare consumer and monitor by turns, on the same records, in the same JVM as their broker; see docs/performance.md. There is
 * no threshold: what is held is that the monitor was right while it was measured.
 */
@Tag("bench")
@Timeout(3600)
class MonitorBenchmarkTest {

    private static final int EVENTS = Integer.getInteger("bench.events", 500_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final long SEED = Long.getLong("bench.seed", 7);

    @TempDir
    Path states;

    @ParameterizedTest
    @EnumSource
    void theMonitorJudgesEveryEventRightWhileItIsMeasuredAgainstABareConsumer(Mix mix) throws IOException {
        BenchReport report = new BenchReport();
        try (Demo demo = Demo.start(0, 0)) {
            Mix.Published published = publish(demo, mix);
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d events of seed %d, of which %.1f %% leave or cannot be decided%n",
                    mix,
                    EVENTS,
                    SEED,
                    100 * published.leaving());
            pair(demo, 0, published.outcomes()); // warms up both
            for (int round = 1; round <= ROUNDS; round++) {
                report.add(pair(demo, round, published.outcomes()));
            }
        }
        System.out.println(report.table());
        report.write(Path.of("target", "bench-" + mix.name().toLowerCase(Locale.ROOT) + ".json"));
    }

    private static Mix.Published publish(Demo demo, Mix mix) {
        try (Loader loader = demo.loader()) {
            Mix.Published published = mix.publish(SEED, EVENTS, loader::publish);
            loader.flush();
            return published;
        }
    }

    private BenchReport.Pair pair(Demo demo, int number, Map<Outcome, Long> expected) throws IOException {
        Round bare = new BareConsumer(
                        demo.bootstrapServers(),
                        RegistrySettings.from(Map.of("schema.registry.url", demo.registryAddress())),
                        Topic.ACCESS_EVENTS.defaultName(),
                        Topic.ACCESS_EVENTS)
                .read(EVENTS);
        String name = "bench-" + number;
        MonitorRun.Result monitor = MonitorRun.of(settings(demo), name, states.resolve(name), EVENTS);
        assertThat(monitor.outcomes()).isEqualTo(expected);
        return new BenchReport.Pair(bare, monitor);
    }

    private static Map<String, String> settings(Demo demo) {
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", demo.bootstrapServers());
        settings.put("schema.registry.url", demo.registryAddress());
        // All facts of half a year are read before the first event; events from its beginning are to find theirs.
        settings.put("cloverwatch.history.horizon", "P3650D");
        settings.put("cloverwatch.pseudonym.key.id", "bench");
        settings.put("cloverwatch.pseudonym.key", Base64.getEncoder().encodeToString(new byte[32]));
        return settings;
    }
}
