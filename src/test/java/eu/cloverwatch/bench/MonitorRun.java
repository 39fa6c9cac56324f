package eu.cloverwatch.bench;

import static org.awaitility.Awaitility.await;

import eu.cloverwatch.demo.Demo;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.Monitor;
import eu.cloverwatch.topology.TopologySettings.StoreKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/** A monitor as {@code run} starts it, on state of its own, from its start until every event has an outcome. */
final class MonitorRun {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /**
     * What came of it.
     *
     * @param outcomes of all events
     * @param repartitioned what went through the second topic
     * @param stateBytes on disk after an orderly end
     * @param tooMany by how much the sum of outcomes was ever seen above the number of events; it must not be
     */
    record Result(
            Round round, Map<Outcome, Long> outcomes, Repartitioned repartitioned, long stateBytes, long tooMany) {}

    private record Seen(Map<Outcome, Long> outcomes, long sum, long nanoTime) {}

    private MonitorRun() {}

    /**
     * @param settings of the cluster, without application id and state directory
     * @param name new for each run, so that nothing is remembered from another one
     */
    static Result of(Map<String, String> settings, String name, Path stateDir, long events) throws IOException {
        Map<String, String> own = new HashMap<>(settings);
        own.put("cloverwatch.application.id", name);
        own.put("cloverwatch.state.dir", stateDir.toString());
        own.put("streams.num.stream.threads", "1");
        Configuration configuration = Configuration.load(null, Map.of(), own);
        AtomicLong most = new AtomicLong();
        Round round;
        Seen last;
        Repartitioned repartitioned;
        long start = System.nanoTime();
        try (Monitor monitor = Monitor.start(configuration, StoreKind.PERSISTENT)) {
            Seen first = seen(monitor, sum -> sum > 0);
            // Not "at least": a round has ended above the number of events, for a reason that is not known. It is
            // reported.
            last = seen(monitor, sum -> {
                most.accumulateAndGet(sum, Math::max);
                return sum == events;
            });
            round = new Round(
                    last.sum(), last.nanoTime() - start, last.sum() - first.sum(), last.nanoTime() - first.nanoTime());
            repartitioned = Repartitioned.by(name);
        }
        return new Result(round, last.outcomes(), repartitioned, size(stateDir), Math.max(0, most.get() - events));
    }

    /** Waits until so many events have an outcome. */
    private static Seen seen(Monitor monitor, LongPredicate wanted) {
        return await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK_AGAIN)
                .until(() -> look(monitor), seen -> wanted.test(seen.sum()));
    }

    private static Seen look(Monitor monitor) {
        monitor.ended().getNow(null); // throws, if the monitor failed
        Map<Outcome, Long> outcomes = monitor.outcomes().orElse(Map.of());
        return new Seen(outcomes, Demo.sum(outcomes), System.nanoTime());
    }

    private static long size(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        long sum = 0;
        for (Path file : files) {
            sum += Files.size(file);
        }
        return sum;
    }
}
