package eu.cloverwatch.wire;

import java.time.Instant;

/**
 * The timestamp of a Kafka record as everything here takes it. A broker accepts -1, which means that there is none (KIP-32):
 * before 1970 there is no record, so a negative timestamp counts as 0.
 */
public final class RecordTime {

    private RecordTime() {}

    /** Milliseconds since 1970, 0 or more. */
    public static long ms(long timestampMs) {
        return Math.max(0, timestampMs);
    }

    /** The same as an instant. */
    public static Instant of(long timestampMs) {
        return Instant.ofEpochMilli(ms(timestampMs));
    }
}
