package eu.cloverwatch.audit.replay;

import eu.cloverwatch.audit.Admission;
import eu.cloverwatch.audit.NaiveFacts;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.ModelRecords;
import eu.cloverwatch.wire.Topic;
import eu.cloverwatch.wire.UnreadableRecordException;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Whether a record of access events, locations, consents or gateways would be taken, in its partition: as far as the record alone
 * tells. That an event's id was used is not seen.
 */
public final class RecordAdmission {

    private final ReplaySource source;
    private final TopicRecords records;

    public RecordAdmission(ReplaySource source) {
        this.source = source;
        this.records = new TopicRecords(source);
    }

    /**
     * Why it would be rejected; null if it would not.
     *
     * @throws eu.cloverwatch.wire.RegistryUnavailableException if that cannot be told
     */
    public @Nullable String problem(Topic topic, byte @Nullable [] key, byte @Nullable [] value, Instant timestamp) {
        try {
            if (topic == Topic.ACCESS_EVENTS) {
                records.event(value, timestamp);
            } else {
                NaiveFacts.check(records.fact(topic, key, value, timestamp));
            }
            return null;
        } catch (InvalidRecordException | UnreadableRecordException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The same of a record that is not written yet. */
    public static @Nullable String problem(Arrival arrival) {
        String problem = Admission.problem(arrival);
        if (problem != null) {
            return problem;
        }
        try {
            if (arrival.topic() != Topic.ACCESS_EVENTS) {
                NaiveFacts.check(arrival);
            } else if (arrival.payload() instanceof Arrival.Value value) {
                ModelRecords.accessEvent((AccessEvent) value.record());
            } else {
                return "an access event cannot be a tombstone";
            }
            return null;
        } catch (InvalidRecordException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The record as its schema has it, valid or not; null where it cannot be read. */
    public @Nullable SpecificRecord read(Topic topic, byte[] value) {
        try {
            return source.serde()
                    .deserialize(source.name(topic), value, topic.schema().orElseThrow());
        } catch (UnreadableRecordException e) {
            return null;
        }
    }
}
