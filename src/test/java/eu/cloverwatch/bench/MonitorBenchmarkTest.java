package eu.cloverwatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.demo.Demo;
import eu.cloverwatch.demo.World;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.runtime.Loader;
import eu.cloverwatch.wire.RegistrySettings;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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

    private final BenchReport report = new BenchReport();

    @TempDir
    Path states;

    @Test
    void theMonitorJudgesEveryEventRightWhileItIsMeasuredAgainstABareConsumer() throws IOException {
        try (Demo demo = Demo.start(0, 0)) {
            Map<Outcome, Long> expected = publish(demo);
            pair(demo, 0, expected); // warms up both
            for (int round = 1; round <= ROUNDS; round++) {
                report.add(pair(demo, round, expected));
            }
        }
        System.out.println(EVENTS + " events of seed " + SEED + "\n" + report.table());
        report.write(Path.of("target", "bench.json"));
    }

    private static Map<Outcome, Long> publish(Demo demo) {
        World world = World.generate(SEED, EVENTS);
        try (Loader loader = demo.loader()) {
            world.facts().forEach(loader::publish);
            world.events().forEachRemaining(loader::publish);
            loader.flush();
        }
        return world.outcomes();
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
        settings.put("cloverwatch.pseudonym.key.id", "bench");
        settings.put("cloverwatch.pseudonym.key", Base64.getEncoder().encodeToString(new byte[32]));
        return settings;
    }
}
