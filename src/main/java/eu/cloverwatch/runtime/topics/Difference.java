package eu.cloverwatch.runtime.topics;

import org.jspecify.annotations.Nullable;

/**
 * A setting of a topic that is not as it should be.
 *
 * @param setting as Kafka calls it; also {@code partitions} and {@code replication.factor}
 * @param reason why {@code apply} leaves it; null if it changes it
 * @param command how an operator who knows better does it; null if {@code apply} changes it, or it cannot be done
 */
public record Difference(
        String setting,
        String is,
        String should,
        @Nullable String reason,
        @Nullable String command) {

    /** Whether {@code apply} changes it: no record can be lost by that, and no key moves. */
    public boolean isApplied() {
        return reason == null;
    }
}
