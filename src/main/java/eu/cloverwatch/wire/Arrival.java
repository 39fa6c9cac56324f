package eu.cloverwatch.wire;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way to a topic.
 *
 * @param key null where none can be told
 * @param timestamp the record's Kafka timestamp
 */
public record Arrival(Topic topic, @Nullable String key, Payload payload, Instant timestamp) {

    /** What the record's value will be. */
    public sealed interface Payload {}

    /** A record of the contract, not necessarily a valid one. */
    public record Value(SpecificRecord record) implements Payload {}

    /** A null value. */
    public record Tombstone() implements Payload {}

    /** Bytes that are no record of the contract, as they came. */
    public record Raw(byte[] bytes) implements Payload {}
}
