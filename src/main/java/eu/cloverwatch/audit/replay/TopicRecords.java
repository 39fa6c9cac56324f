package eu.cloverwatch.audit.replay;

import eu.cloverwatch.audit.Admission;
import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.PolicyRevision;
import eu.cloverwatch.policy.Policy;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.policy.PolicyException;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.ModelRecords;
import eu.cloverwatch.wire.RecordTime;
import eu.cloverwatch.wire.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Records of the topics, as the contract has them. Methods throw {@link InvalidRecordException} or
 * {@link eu.cloverwatch.wire.UnreadableRecordException} for what the contract does not allow, and
 * {@link eu.cloverwatch.wire.RegistryUnavailableException} where that cannot be told.
 */
final class TopicRecords {

    /** Larger ones are refused by the contract: what is said of them could not be published. */
    private static final int MAX_BYTES = 1 << 20;

    private final ReplaySource source;

    TopicRecords(ReplaySource source) {
        this.source = source;
    }

    static Origin origin(ConsumerRecord<?, ?> record) {
        return new Origin(record.topic(), record.partition(), record.offset(), RecordTime.of(record.timestamp()));
    }

    /**
     * An event.
     *
     * @param content as it was parsed
     */
    record Decoded(AccessEvent event, SpecificRecord content) {}

    /** The event of a record of the access-events topic. */
    Decoded event(ConsumerRecord<byte[], byte[]> record) {
        refuseTooLarge(record);
        return event(record.value(), RecordTime.of(record.timestamp()));
    }

    /** The same of its parts. */
    Decoded event(byte @Nullable [] value, Instant timestamp) {
        if (value == null) {
            throw new InvalidRecordException("value", "an access event, not a tombstone");
        }
        SpecificRecord avro = decode(Topic.ACCESS_EVENTS, value);
        admit(new Arrival(Topic.ACCESS_EVENTS, null, new Arrival.Value(avro), timestamp));
        return new Decoded(ModelRecords.accessEvent((eu.cloverwatch.v1.AccessEvent) avro), avro);
    }

    /** The location, consent or gateway approval of a record, or the tombstone of one. */
    Arrival fact(Topic topic, ConsumerRecord<byte[], byte[]> record, int partitions) {
        refuseTooLarge(record);
        Arrival fact = fact(topic, record.key(), record.value(), RecordTime.of(record.timestamp()));
        if (topic != Topic.GATEWAYS) {
            inItsPartition(record, partitions);
        }
        return fact;
    }

    /** The same of its parts, wherever it was. */
    Arrival fact(Topic topic, byte @Nullable [] key, byte @Nullable [] value, Instant timestamp) {
        Arrival fact = new Arrival(
                topic,
                key == null ? null : text(key),
                value == null ? new Arrival.Tombstone() : new Arrival.Value(decode(topic, value)),
                timestamp);
        admit(fact);
        return fact;
    }

    /** A policy that was published, and when. */
    record Published(Policy policy, Instant recordedAt) {}

    Published policy(ConsumerRecord<byte[], byte[]> record) {
        refuseTooLarge(record);
        if (record.value() == null) {
            throw new InvalidRecordException("value", "a policy revision: a policy cannot be deleted");
        }
        PolicyRevision revision =
                ModelRecords.policyRevision((eu.cloverwatch.v1.PolicyRevision) decode(Topic.POLICIES, record.value()));
        try {
            Policy policy = PolicyDocument.parse(revision.document()).policy();
            require(record.key() != null && text(record.key()).equals(policy.policyId()), "key", "the policy_id");
            require(policy.policyId().equals(revision.policyId()), "policy_id", "the document's");
            require(policy.effectiveFrom().equals(revision.effectiveFrom()), "effective_from", "the document's");
            return new Published(policy, revision.recordedAt());
        } catch (PolicyException e) {
            throw new InvalidRecordException("document: " + e.getMessage());
        }
    }

    private SpecificRecord decode(Topic topic, byte[] value) {
        return source.serde()
                .deserialize(source.name(topic), value, topic.schema().orElseThrow());
    }

    private static void admit(Arrival arrival) {
        String problem = Admission.problem(arrival);
        if (problem != null) {
            throw new InvalidRecordException(problem);
        }
    }

    private static void refuseTooLarge(ConsumerRecord<byte[], byte[]> record) {
        long bytes = (record.key() == null ? 0L : record.key().length)
                + (record.value() == null ? 0L : record.value().length);
        require(bytes <= MAX_BYTES, "record", "at most " + MAX_BYTES + " bytes");
    }

    /** The monitor joins by partition: a fact elsewhere never meets its events, and is refused. */
    private static void inItsPartition(ConsumerRecord<byte[], byte[]> record, int partitions) {
        int expected = Utils.toPositive(Utils.murmur2(record.key())) % partitions;
        require(
                record.partition() == expected,
                "partition",
                "partition " + expected + " of " + partitions + " by Kafka's default partitioner");
    }

    private static void require(boolean kept, String field, String expected) {
        if (!kept) {
            throw new InvalidRecordException(field, expected);
        }
    }

    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // What is not UTF-8 becomes this character. A decoder that refuses it would have to be made for each text.
        return text.indexOf('\uFFFD') < 0 ? text : strictText(bytes);
    }

    private static String strictText(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidRecordException("key", "UTF-8");
        }
    }
}
