package eu.cloverwatch.topology;

import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.PolicyRevision;
import eu.cloverwatch.model.Timeline.Version;
import eu.cloverwatch.policy.Policy;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.policy.PolicyException;
import eu.cloverwatch.wire.ModelRecords;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Reads facts from the records of the fact topics, and refuses what the contract forbids. */
final class FactDecoder {

    private final RecordSerde serde;
    private final TopologySettings settings;

    FactDecoder(RecordSerde serde, TopologySettings settings) {
        this.serde = serde;
        this.settings = settings;
    }

    /**
     * @param timestamp the record's Kafka timestamp, at which a tombstone is effective and recorded
     * @throws InvalidRecordException if the record breaks the contract
     * @throws eu.cloverwatch.wire.UnreadableRecordException if its bytes are no record at all
     * @throws eu.cloverwatch.wire.RegistryUnavailableException if that cannot be told now
     */
    Fact decode(Topic topic, byte @Nullable [] keyBytes, byte @Nullable [] value, Instant timestamp) {
        String key = key(keyBytes);
        return switch (topic) {
            case EMPLOYEE_LOCATIONS ->
                new Fact.Located(key, version(topic, key, value, timestamp, avro -> {
                    var location = ModelRecords.employeeLocation((eu.cloverwatch.v1.EmployeeLocation) avro);
                    sameKey("employee_id", location.employeeId(), key);
                    return location.version();
                }));
            case CONSENTS ->
                new Fact.Consented(key, version(topic, key, value, timestamp, avro -> {
                    var consent = ModelRecords.subjectConsent((eu.cloverwatch.v1.SubjectConsent) avro);
                    sameKey("subject_id", consent.subjectId().value(), key);
                    return consent.version();
                }));
            case GATEWAYS ->
                new Fact.Approved(key, version(topic, key, value, timestamp, avro -> {
                    var approval = ModelRecords.gatewayApproval((eu.cloverwatch.v1.GatewayApproval) avro);
                    sameKey("gateway_id", approval.gatewayId(), key);
                    return approval.version();
                }));
            case POLICIES -> revised(key, value);
            default -> throw new IllegalArgumentException("no facts are in " + topic);
        };
    }

    private static String key(byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new InvalidRecordException("key", "the id of whom the fact is about, not null");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidRecordException("key", "UTF-8");
        }
    }

    private <T> Version<T> version(
            Topic topic,
            String key,
            byte @Nullable [] value,
            Instant timestamp,
            Function<SpecificRecord, Version<T>> read) {
        return value == null ? new Version<>(timestamp, timestamp, null) : read.apply(avro(topic, value));
    }

    private SpecificRecord avro(Topic topic, byte[] value) {
        return serde.deserialize(settings.name(topic), value, topic.schema().orElseThrow());
    }

    private Fact revised(String key, byte @Nullable [] value) {
        if (value == null) {
            throw new InvalidRecordException("value", "a policy revision: a policy cannot be deleted");
        }
        PolicyRevision revision =
                ModelRecords.policyRevision((eu.cloverwatch.v1.PolicyRevision) avro(Topic.POLICIES, value));
        sameKey("policy_id", revision.policyId(), key);
        try {
            Policy policy = PolicyDocument.parse(revision.document()).policy();
            if (!policy.policyId().equals(revision.policyId())) {
                throw new InvalidRecordException("policy_id", "the document's policy_id");
            }
            if (!policy.effectiveFrom().equals(revision.effectiveFrom())) {
                throw new InvalidRecordException("effective_from", "the document's effective_from");
            }
            return new Fact.Revised(revision, policy);
        } catch (PolicyException e) {
            throw new InvalidRecordException("document: " + e.getMessage());
        }
    }

    private static void sameKey(String field, String id, String key) {
        if (!id.equals(key)) {
            throw new InvalidRecordException(field, "the same as the record's key");
        }
    }
}
