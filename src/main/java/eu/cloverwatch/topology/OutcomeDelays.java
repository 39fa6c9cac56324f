package eu.cloverwatch.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** By source partition of this instance: when the oldest records were read that have no outcome yet. Safe for several threads. */
public final class OutcomeDelays {

    private final Map<Integer, Instant> readAt = new ConcurrentHashMap<>();

    /** @param oldest by the wall clock */
    void set(int partition, Instant oldest) {
        readAt.put(partition, oldest);
    }

    /** All records of the partition have an outcome, or it is here no more. */
    void clear(int partition) {
        readAt.remove(partition);
    }

    /** How long the longest waits; zero if none does. What takes less than a second may not be seen. */
    public Duration longest(Instant now) {
        return readAt.values().stream()
                .map(oldest -> Duration.between(oldest, now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
