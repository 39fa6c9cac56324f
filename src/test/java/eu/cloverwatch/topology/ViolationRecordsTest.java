package eu.cloverwatch.topology;

import static eu.cloverwatch.topology.Access.event;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import eu.cloverwatch.model.Sha256;
import eu.cloverwatch.topology.TopologyHarness.Published;
import eu.cloverwatch.v1.Protection;
import eu.cloverwatch.v1.Severity;
import eu.cloverwatch.v1.Verdict;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.wire.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What partner and SOC read. */
class ViolationRecordsTest {

    private static final Instant T = Instant.parse("2024-06-05T09:00:00Z");
    private static final String SUBJECT = "subject-zoë";

    /** UUIDv5 of ev-1, by Python's uuid. */
    private static final String ID = "a59b4da0-f019-53d7-b277-4430b1c45102";

    @RegisterExtension
    final TopologyHarness flow = new TopologyHarness();

    @BeforeEach
    void aPolicyIsInForce() {
        flow.policy(Facts.POLICY, Instant.parse("2023-03-08T00:00:00Z"));
    }

    @Test
    void theIdIsAFunctionOfTheEventId() {
        flow.accessed(event("ev-1", T).to("JP"));
        assertThat(flow.violations()).singleElement().satisfies(published -> {
            assertThat(published.key()).isEqualTo(ID);
            assertThat(published.violation().getViolationId()).isEqualTo(ID);
            assertThat(published.violation().getEventId()).isEqualTo("ev-1");
        });
    }

    @Test
    void aNewViolationIsOpenAtRevisionZeroWithoutCause() {
        flow.accessed(event("ev-1", T).to("JP"), T.plusSeconds(5));
        Violation violation = flow.violation();
        assertThat(violation.getStatus()).isEqualTo(ViolationStatus.OPEN);
        assertThat(violation.getRevision()).isZero();
        assertThat(violation.getCause()).isNull();
        assertThat(violation.getVerdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(violation.getOccurredAt()).isEqualTo(T);
        assertThat(violation.getDetectedAt()).isEqualTo(TopologyHarness.WALL_CLOCK);
    }

    @Test
    void itSaysWhoDidWhatWithWhoseData() {
        flow.located("E-1", "JP", T.minusSeconds(60));
        flow.accessed(
                event("ev-1", T).byEmployee("E-1").of(SUBJECT, "DE").bytes(7).as(Protection.PSEUDONYMISED));
        Violation violation = flow.violation();
        assertThat(violation.getService()).isEqualTo("profile-api");
        assertThat(violation.getOperation()).hasToString("READ");
        assertThat(violation.getActor().getId()).isEqualTo("E-1");
        assertThat(violation.getActor().getCountry()).isEqualTo("JP");
        assertThat(violation.getSubject().getCountry()).isEqualTo("DE");
        assertThat(violation.getSubject().getCount()).isEqualTo(1);
        assertThat(violation.getSubject().getMinor()).isNull();
        assertThat(violation.getCategories()).containsExactly("EMAIL");
        assertThat(violation.getProtection()).hasToString("PSEUDONYMISED");
        assertThat(violation.getRecordCount()).isEqualTo(1);
        assertThat(violation.getByteCount()).isEqualTo(7);
        assertThat(violation.getOriginSite()).isEqualTo("dublin-1");
        assertThat(violation.getOriginCountry()).isEqualTo("IE");
        assertThat(violation.getDestinationCountry()).isEqualTo("JP");
        assertThat(violation.getPurpose()).isEqualTo("SUPPORT");
    }

    @Test
    void findingsAreOrderedBySeverityThenByRule() {
        flow.accessed(event("ev-1", T)
                .byEmployee("E-unknown")
                .writing()
                .at("tokyo-1")
                .to("CN")
                .purpose("ADVERTISING"));
        Violation violation = flow.violation();
        assertThat(violation.getFindings())
                .extracting("severity", "rule")
                .containsExactly(
                        tuple(Severity.CRITICAL, "DENIED_DESTINATION"),
                        tuple(Severity.CRITICAL, "EGRESS_WITHOUT_GATEWAY"),
                        tuple(Severity.HIGH, "ACTOR_LOCATION_UNKNOWN"),
                        tuple(Severity.HIGH, "CONSENT_MISSING"),
                        tuple(Severity.HIGH, "SITE_UNKNOWN"));
        assertThat(violation.getSeverity()).isEqualTo(Severity.CRITICAL);
        assertThat(violation.getFindings()).allSatisfy(finding -> {
            assertThat(finding.getMessage()).isNotBlank();
            assertThat(finding.getRemedy()).isNotBlank();
            assertThat(finding.getSources()).isNotEmpty();
        });
    }

    @Test
    void theEvidenceNamesTheRecordThePolicyAndTheFactsThatWereUsed() {
        flow.located("E-1", "JP", T.minusSeconds(50), T.minusSeconds(5));
        flow.consented("S-1", T.minusSeconds(40), T.minusSeconds(5));
        flow.approved("G-1", "US", T.minusSeconds(30));
        flow.accessed(event("ev-0", T));
        flow.accessed(event("ev-1", T).byEmployee("E-1").via("G-1"));
        var evidence = flow.violation().getEvidence();
        assertThat(evidence.getTopic()).isEqualTo("cloverwatch.access-events.v1");
        assertThat(evidence.getPartition()).isZero();
        assertThat(evidence.getOffset()).isEqualTo(1);
        assertThat(evidence.getPolicySha256()).isEqualTo(Sha256.hex(Facts.POLICY));
        assertThat(evidence.getLocationEffectiveFrom()).isEqualTo(T.minusSeconds(50));
        assertThat(evidence.getConsentEffectiveFrom()).isEqualTo(T.minusSeconds(40));
        assertThat(evidence.getGatewayEffectiveFrom()).isEqualTo(T.minusSeconds(30));
    }

    @Test
    void theEvidenceNamesNoFactsWhereNoneWere() {
        flow.accessed(event("ev-1", Instant.parse("2023-01-01T00:00:00Z")).to("JP"));
        var evidence = flow.violation().getEvidence();
        assertThat(evidence.getPolicySha256()).isEmpty();
        assertThat(evidence.getLocationEffectiveFrom()).isNull();
        assertThat(evidence.getConsentEffectiveFrom()).isNull();
        assertThat(evidence.getGatewayEffectiveFrom()).isNull();
    }

    @Test
    void theSubjectIsAPseudonymAndItsIdIsNowhere() {
        flow.consented(SUBJECT, T.minusSeconds(60), Facts.refused("ADVERTISING"));
        flow.accessed(event("ev-1", T).of(SUBJECT, null).to("JP").purpose("ADVERTISING"));
        assertThat(flow.violations()).singleElement().satisfies(published -> {
            // by Python's hmac
            assertThat(published.violation().getSubject().getPseudonym())
                    .isEqualTo("k1:G8lwv_m8nHR-76bYrAhvrXpACaMri0ZT8ufJHFdfWho");
            assertThat(new String(published.bytes(), ISO_8859_1))
                    .doesNotContain(new String(SUBJECT.getBytes(UTF_8), ISO_8859_1));
            assertThat(published.headers().toString()).doesNotContain(SUBJECT);
        });
    }

    @Test
    void aBulkAccessHasNoPseudonym() {
        flow.accessed(event("ev-1", T).ofBulk(120_000, "IE").to("JP"));
        var subject = flow.violation().getSubject();
        assertThat(subject.getPseudonym()).isNull();
        assertThat(subject.getCount()).isEqualTo(120_000);
        assertThat(subject.getCountry()).isEqualTo("IE");
    }

    @Test
    void theHeadersAreThoseOfCloudEventsAndNoneOfTheProducers() {
        byte[] value = flow.serde()
                .serialize(
                        Topic.ACCESS_EVENTS.defaultName(),
                        event("ev-1", T).to("JP").avro());
        var headers = new RecordHeaders().add("ce_id", "forged".getBytes(UTF_8)).add("user", "S-1".getBytes(UTF_8));
        flow.pipe(Topic.ACCESS_EVENTS, new TestRecord<>("E-1".getBytes(UTF_8), value, headers, T));
        assertThat(flow.violations())
                .singleElement()
                .extracting(Published::headers)
                .isEqualTo(Map.of(
                        "content-type", "application/vnd.apache.avro+binary",
                        "ce_specversion", "1.0",
                        "ce_id", ID + "/0",
                        "ce_source", "urn:cloverwatch:flow",
                        "ce_type", "eu.cloverwatch.violation.v1",
                        "ce_subject", ID,
                        "ce_time", "2024-06-05T09:00:00Z"));
    }

    @Test
    void whatProducersPutInHeadersIsNotEvenKeptOnTheWay() {
        byte[] value = flow.serde()
                .serialize(
                        Topic.ACCESS_EVENTS.defaultName(),
                        event("ev-1", T).to("JP").avro());
        var headers = new RecordHeaders().add("user", "S-1".getBytes(UTF_8));
        flow.pipe(Topic.ACCESS_EVENTS, new TestRecord<>("E-1".getBytes(UTF_8), value, headers, T));
        assertThat(flow.candidates()).singleElement().satisfies(candidate -> {
            assertThat(candidate.key()).asString(UTF_8).isEqualTo("S-1");
            assertThat(candidate.headers()).isEmpty();
        });
    }

    @Test
    void everyViolationIsALinkOfTheChain() {
        flow.accessed(event("ev-1", T).to("JP"));
        flow.accessed(event("ev-1", T).to("JP"));
        flow.accessed(event("ev-2", T));
        flow.accessed(event("ev-3", T).byEmployee("E-unknown"));
        flow.accessed(event("ev-4", T).of("S-2", "DE").to("US"));

        List<Published> links = flow.violations();
        assertThat(links).hasSize(3);
        byte[] previous = new byte[0];
        for (int i = 0; i < links.size(); i++) {
            var chain = links.get(i).violation().getChain();
            assertThat(chain.getId()).isEqualTo("flow/0");
            assertThat(chain.getSequence()).isEqualTo(i);
            assertThat(Bytes.of(chain.getPreviousHash())).isEqualTo(previous);
            assertThat(Bytes.of(chain.getHash()))
                    .isEqualTo(documentedHash(links.get(i).bytes(), previous));
            previous = Bytes.of(chain.getHash());
        }
    }

    /**
     * The hash as a consumer computes it: {@code chain.hash} is the last field, 32 bytes after their length, so the record
     * with an empty one is all before it and a zero.
     */
    private static byte[] documentedHash(byte[] published, byte[] previous) {
        int header = 5;
        int hash = 33;
        assertThat(published[published.length - hash]).isEqualTo((byte) 64);
        byte[] withoutHash = new byte[published.length - header - hash + 1];
        System.arraycopy(published, header, withoutHash, 0, withoutHash.length - 1);
        return Sha256.of(previous, withoutHash);
    }

    @Test
    void aFindingThatItsTopicWouldRefuseIsLeftOutAndTheViolationIsThere() {
        flow.accessed(event("ev-1", T).to("JP").byEmployee("\u0001".repeat(450_000)));
        flow.accessed(event("ev-2", T).to("JP"));
        assertThat(flow.violations()).hasSize(2);
        assertThat(flow.findings(Topic.FINDINGS_OCSF)).hasSize(1);
    }
}
