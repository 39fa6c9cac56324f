package eu.cloverwatch.audit.replay;

import java.time.Instant;

/**
 * A fact that an event was judged with.
 *
 * @param name topic and key, as violations name their cause; of a subject the pseudonym
 * @param effectiveFrom since when it is valid, or a policy in force
 * @param hasValue false for a tombstone, or of an employee who left
 */
public record UsedFact(String name, Instant effectiveFrom, Instant recordedAt, boolean hasValue) {

    /** For example {@code employee-locations/E-17 effective 2023-03-06T00:00:00Z, recorded 2023-03-09T08:00:00Z}. */
    @Override
    public String toString() {
        return name + " effective " + effectiveFrom + ", recorded " + recordedAt + (hasValue ? "" : ", no value");
    }
}
