package eu.cloverwatch.bench;

import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.ViolationReader;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.Arrival;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A little traffic on every {@link Way}, all the time, and when the violation of each event could be read (read_committed).
 * Without traffic nothing would be under way when an instance is killed.
 */
final class Probes implements AutoCloseable {

    private static final int PAUSE_MS = 10;

    /** On a way that works. */
    private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final Deployment deployment;
    private final ViolationReader reader;
    private final List<Way> ways;
    private final Map<String, Sent> sent = new ConcurrentHashMap<>();
    private final List<Seen> seen = new ArrayList<>();
    private final List<Future<?>> work;
    private long number;

    private record Sent(Way way, long nanos) {}

    /** An event's violation was read. */
    private record Seen(Way way, long sent, long read) {}

    /**
     * Nanoseconds from a moment until an event that was published after it was judged, and that could be read.
     *
     * @param first on any way
     * @param all on every way
     */
    record Judged(long first, long all) {}

    /** @param partitions of access events and of consents */
    Probes(Deployment deployment, int partitions) {
        this.deployment = deployment;
        this.ways = Way.all(partitions);
        this.reader = new ViolationReader(deployment.configuration("reader"), deployment.serde());
        this.work = List.of(
                threads.scheduleWithFixedDelay(this::publish, 0, PAUSE_MS, TimeUnit.MILLISECONDS),
                threads.scheduleWithFixedDelay(() -> reader.poll(this::read), 0, 1, TimeUnit.MILLISECONDS));
    }

    private void publish() {
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<Arrival> arrivals = new ArrayList<>();
        long nanos = System.nanoTime();
        for (int i = 0; i < 4; i++) {
            Way way = ways.get((int) (number % ways.size()));
            String id = "probe-" + nanos + "-" + number++;
            sent.put(id, new Sent(way, nanos));
            arrivals.add(way.leak(id, at));
        }
        deployment.publish(arrivals);
    }

    private void read(Violation violation) {
        long now = System.nanoTime();
        if (!Consents.RESIDENCE.equals(violation.getSubject().getCountry())) {
            throw new AssertionError("judged without the subject's consents: " + violation.getFindings());
        }
        Sent event = sent.remove(violation.getEventId());
        if (event != null) {
            synchronized (seen) {
                seen.add(new Seen(event.way(), event.nanos(), now));
            }
        }
    }

    /** Empty as long as there is a way on which nothing that was published since has been judged. */
    Optional<Judged> judged(long sinceNanos) {
        Map<Way, Long> firsts = new HashMap<>();
        synchronized (seen) {
            seen.stream()
                    .filter(event -> event.sent() >= sinceNanos)
                    .forEach(event -> firsts.merge(event.way(), event.read(), Math::min));
        }
        if (firsts.size() < ways.size()) {
            return Optional.empty();
        }
        long first = firsts.values().stream().mapToLong(Long::longValue).min().orElseThrow();
        long last = firsts.values().stream().mapToLong(Long::longValue).max().orElseThrow();
        return Optional.of(new Judged(first - sinceNanos, last - sinceNanos));
    }

    /** Whether on every way what was sent since was soon judged, of which there is something. */
    boolean isSteady(long sinceNanos) {
        List<Seen> since;
        synchronized (seen) {
            since = seen.stream().filter(event -> event.sent() >= sinceNanos).toList();
        }
        return since.stream().map(Seen::way).distinct().count() == ways.size()
                && since.stream().allMatch(event -> event.read() - event.sent() < SOON_NANOS);
    }

    /** From an event's publication until its violation could be read, of those sent since, in order. */
    List<Long> latencies(long sinceNanos) {
        synchronized (seen) {
            return seen.stream()
                    .filter(event -> event.sent() >= sinceNanos)
                    .map(event -> event.read() - event.sent())
                    .sorted()
                    .toList();
        }
    }

    /** Forgets what was seen. */
    void clear() {
        synchronized (seen) {
            seen.clear();
        }
    }

    /** Fails if it can publish or read no more, or something was judged without consents. */
    void mustBeAlive() {
        for (Future<?> one : work) {
            if (one.isDone()) {
                try {
                    one.get();
                } catch (InterruptedException | ExecutionException e) {
                    throw new AssertionError("the probes have ended", e);
                }
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
            threads.shutdownNow();
        }
        reader.close();
    }
}
