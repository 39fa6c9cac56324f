package eu.cloverwatch.topology;

import static eu.cloverwatch.topology.Access.event;
import static eu.cloverwatch.topology.Facts.granted;
import static eu.cloverwatch.topology.Facts.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.topology.TopologyHarness.Rejected;
import eu.cloverwatch.v1.PolicyRevision;
import eu.cloverwatch.wire.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A fact that cannot be used plays no part, and is published as it came, with the reason. */
class RejectedFactsTest {

    private static final Instant T = Instant.parse("2024-06-05T09:00:00Z");
    private static final String SUBJECT = "subject-zoë";

    @RegisterExtension
    final TopologyHarness flow = new TopologyHarness();

    private static String id(Topic topic) {
        return switch (topic) {
            case EMPLOYEE_LOCATIONS -> "E-1";
            case CONSENTS -> SUBJECT;
            case GATEWAYS -> "G-1";
            default -> "eu-user-data";
        };
    }

    private static SpecificRecord good(Topic topic) {
        return switch (topic) {
            case EMPLOYEE_LOCATIONS -> Facts.location(id(topic), "JP", T, T);
            case CONSENTS -> Facts.consent(id(topic), T, T);
            case GATEWAYS -> Facts.approval(id(topic), "JP", T, T);
            default -> Facts.revision(Facts.POLICY, T);
        };
    }

    private byte[] bytes(Topic topic, SpecificRecord record) {
        return flow.serde().serialize(topic.defaultName(), record);
    }

    private void assertRejected(Topic topic, byte @Nullable [] key, byte @Nullable [] value, String reason) {
        flow.pipe(topic, key, value, T);
        List<Rejected> rejects = flow.rejects();
        assertThat(rejects).singleElement().satisfies(rejected -> {
            assertThat(rejected.reason()).contains(reason);
            assertThat(rejected.key()).isEqualTo(key);
            assertThat(rejected.value()).isEqualTo(value);
            assertThat(rejected.headers())
                    .containsEntry(Rejects.TOPIC, topic.defaultName())
                    .containsEntry(Rejects.PARTITION, "0")
                    .containsEntry(Rejects.OFFSET, "0")
                    .containsEntry(Rejects.TIMESTAMP, "2024-06-05T09:00:00Z")
                    .hasSize(5);
            assertThat(rejected.headers().toString()).doesNotContain(SUBJECT);
        });
    }

    private void assertRejected(Topic topic, SpecificRecord record, String reason) {
        assertRejected(topic, id(topic).getBytes(UTF_8), bytes(topic, record), reason);
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPLOYEE_LOCATIONS", "CONSENTS", "GATEWAYS", "POLICIES"})
    void theRecordsThatTheseTestsBreakAreGood(Topic topic) {
        flow.publish(topic, id(topic), good(topic), T);
        assertThat(flow.rejects()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPLOYEE_LOCATIONS", "CONSENTS", "GATEWAYS", "POLICIES"})
    void bytesThatAreNotAvro(Topic topic) {
        assertRejected(topic, id(topic).getBytes(UTF_8), "{}".getBytes(UTF_8), "came 2 bytes in all");
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPLOYEE_LOCATIONS", "CONSENTS", "GATEWAYS", "POLICIES"})
    void aRecordOfAnotherKind(Topic topic) {
        byte[] event = flow.serde()
                .serialize(Topic.ACCESS_EVENTS.defaultName(), event("ev-1", T).avro());
        assertRejected(topic, id(topic).getBytes(UTF_8), event, "expected a record readable as");
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPLOYEE_LOCATIONS", "CONSENTS", "GATEWAYS", "POLICIES"})
    void aKeyThatIsNotTheRecordsId(Topic topic) {
        assertRejected(topic, "other".getBytes(UTF_8), bytes(topic, good(topic)), "the same as the record's key");
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPLOYEE_LOCATIONS", "CONSENTS", "GATEWAYS", "POLICIES"})
    void noKey(Topic topic) {
        assertRejected(topic, null, bytes(topic, good(topic)), "key: expected the id of whom the fact is about");
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPLOYEE_LOCATIONS", "CONSENTS", "GATEWAYS", "POLICIES"})
    void aKeyThatIsNoText(Topic topic) {
        assertRejected(topic, new byte[] {(byte) 0xc3}, bytes(topic, good(topic)), "key: expected UTF-8");
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPLOYEE_LOCATIONS", "CONSENTS", "GATEWAYS"})
    void aTombstoneWithoutKey(Topic topic) {
        assertRejected(topic, null, null, "key: expected the id of whom the fact is about");
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPLOYEE_LOCATIONS", "CONSENTS", "GATEWAYS"})
    void aTombstoneOfWhatWasNeverThereIsFine(Topic topic) {
        flow.pipe(topic, "nobody".getBytes(UTF_8), null, T);
        assertThat(flow.rejects()).isEmpty();
    }

    @Test
    void aTombstoneOfAPolicy() {
        assertRejected(Topic.POLICIES, id(Topic.POLICIES).getBytes(UTF_8), null, "a policy cannot be deleted");
    }

    @Test
    void aCountryThatDoesNotExist() {
        assertRejected(Topic.EMPLOYEE_LOCATIONS, Facts.location("E-1", "EU", T, T), "country: expected an ISO 3166-1");
    }

    @Test
    void aDestinationThatDoesNotExist() {
        assertRejected(Topic.GATEWAYS, Facts.approval("G-1", "EU", T, T), "destinations[0]: expected an ISO 3166-1");
    }

    @Test
    void aConsentThatIsBothGivenAndRefused() {
        SpecificRecord both = Facts.consent(SUBJECT, T, T, granted("ADVERTISING", "JP"), refused("ADVERTISING"));
        assertRejected(Topic.CONSENTS, both, "no purpose both granted and refused");
    }

    @Test
    void aPolicyWhoseHashIsAnothers() {
        PolicyRevision revision = Facts.revision(Facts.POLICY, T);
        revision.setDocument(Facts.POLICY + "# changed\n");
        assertRejected(Topic.POLICIES, revision, "sha256: expected the SHA-256 of document");
    }

    @Test
    void aPolicyThatIsEffectiveFromAnotherTimeThanItSays() {
        PolicyRevision revision = Facts.revision(Facts.POLICY, T);
        revision.setEffectiveFrom(T.minusSeconds(1));
        assertRejected(Topic.POLICIES, revision, "effective_from: expected the document's effective_from");
    }

    @Test
    void aPolicyUnderAnotherId() {
        PolicyRevision revision = Facts.revision(Facts.POLICY.replace("eu-user-data", "other"), T);
        revision.setPolicyId("eu-user-data");
        assertRejected(Topic.POLICIES, revision, "policy_id: expected the document's policy_id");
    }

    @Test
    void aPolicyThatCannotBeParsed() {
        PolicyRevision revision = Facts.revision(Facts.POLICY + "minors: {egress: deny}\n", T);
        String misspelt = revision.getDocument().replace("minors:", "minor:");
        revision.setDocument(misspelt);
        revision.setSha256(eu.cloverwatch.model.Sha256.hex(misspelt));
        assertRejected(Topic.POLICIES, revision, "minor");
    }

    @Test
    void aRejectedFactPlaysNoPart() {
        flow.policy(Facts.POLICY, Instant.parse("2023-03-08T00:00:00Z"));
        flow.located("E-1", "JP", T.minusSeconds(60));
        byte[] moved = bytes(Topic.EMPLOYEE_LOCATIONS, Facts.location("E-1", "CN", T, T));
        flow.pipe(Topic.EMPLOYEE_LOCATIONS, "E-2".getBytes(UTF_8), moved, T);
        flow.pipe(Topic.EMPLOYEE_LOCATIONS, null, null, T);
        flow.accessed(event("ev-1", T).byEmployee("E-1"));
        flow.accessed(event("ev-2", T).byEmployee("E-2"));
        assertThat(flow.violations())
                .extracting(published -> published.violation().getActor().getCountry())
                .containsExactly("JP", null);
        assertThat(flow.rejects()).hasSize(2);
    }

    /** The consents topic has four partitions; what comes here, comes from partition 0. */
    @Nested
    class InAPartition {

        @RegisterExtension
        final TopologyHarness partitioned = new TopologyHarness(4);

        private String subjectOf(int partition) {
            for (int i = 0; ; i++) {
                String subject = "subject-" + i;
                if (Utils.toPositive(Utils.murmur2(subject.getBytes(UTF_8))) % 4 == partition) {
                    return subject;
                }
            }
        }

        @Test
        void aConsentWhereItsSubjectsEventsNeverComeIsRejected() {
            for (int partition = 1; partition < 4; partition++) {
                String subject = subjectOf(partition);
                partitioned.consented(subject, T);
                assertThat(partitioned.rejects()).singleElement().satisfies(rejected -> {
                    assertThat(rejected.key()).asString(UTF_8).isEqualTo(subject);
                    assertThat(rejected.headers().toString()).doesNotContain(subject);
                });
                partitioned.erased(subject, T);
                assertThat(partitioned.rejects()).hasSize(1);
            }
        }

        @Test
        void theReasonSaysWhereItBelongs() {
            partitioned.consented(subjectOf(3), T);
            assertThat(partitioned.rejects())
                    .extracting(Rejected::reason)
                    .containsExactly("partition: expected partition 3 of 4 by Kafka's default partitioner"
                            + " (librdkafka: partitioner=murmur2_random)");
        }

        @Test
        void aConsentInItsOwnPartitionMeetsItsSubjectsEvents() {
            partitioned.policy(Facts.POLICY, Instant.parse("2023-03-08T00:00:00Z"));
            partitioned.approved("G-1", "JP", T);
            String subject = subjectOf(0);
            partitioned.consented(subject, T, granted("ADVERTISING"));
            partitioned.accessed(
                    event("ev-1", T).of(subject, "IE").to("JP").via("G-1").purpose("ADVERTISING"));
            assertThat(partitioned.rejects()).isEmpty();
            assertThat(partitioned.outcomes()).isEqualTo(Map.of(eu.cloverwatch.model.Outcome.GATEWAY_APPROVED, 1L));
        }
    }
}
