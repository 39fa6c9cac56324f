package eu.cloverwatch.topology;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.wire.ModelRecords;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads access events, and refuses what the contract forbids. */
final class AccessEventDecoder {

    /** A clock that runs ahead by more is wrong, and would push the look-back past events that are yet to come. */
    private static final Duration MAX_AHEAD = Duration.ofHours(24);

    private final RecordSerde serde;

    /** An event as the domain sees it, and as the record that it was read from. */
    record Decoded(AccessEvent event, eu.cloverwatch.v1.AccessEvent avro) {}

    AccessEventDecoder(RecordSerde serde) {
        this.serde = serde;
    }

    /**
     * @throws InvalidRecordException if the record breaks the contract
     * @throws eu.cloverwatch.wire.UnreadableRecordException if its bytes are no record at all
     * @throws eu.cloverwatch.wire.RegistryUnavailableException if that cannot be told now
     */
    Decoded decode(byte @Nullable [] value, Origin origin) {
        if (value == null) {
            throw new InvalidRecordException("value", "an access event, not a tombstone");
        }
        var avro = (eu.cloverwatch.v1.AccessEvent) serde.deserialize(
                origin.topic(), value, Topic.ACCESS_EVENTS.schema().orElseThrow());
        AccessEvent event = ModelRecords.accessEvent(avro);
        if (event.occurredAt().isAfter(origin.timestamp().plus(MAX_AHEAD))) {
            throw new InvalidRecordException("occurred_at", "at most 24 hours after the record's Kafka timestamp");
        }
        return new Decoded(event, avro);
    }
}
