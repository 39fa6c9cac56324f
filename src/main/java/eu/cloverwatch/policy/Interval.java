package eu.cloverwatch.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A span of time, not empty.
 *
 * @param from inclusive
 * @param until exclusive; null: open, still going on
 */
public record Interval(Instant from, @Nullable Instant until) {

    /** @throws IllegalArgumentException if {@code until} is not after {@code from} */
    public Interval {
        if (until != null && !until.isAfter(from)) {
            throw new IllegalArgumentException("until is not after from");
        }
    }

    public boolean contains(Instant t) {
        return !t.isBefore(from) && (until == null || t.isBefore(until));
    }

    /** Whether some time is in both; one that starts as the other ends does not overlap it. */
    public boolean overlaps(Interval other) {
        return (until == null || other.from.isBefore(until)) && (other.until == null || from.isBefore(other.until));
    }
}
