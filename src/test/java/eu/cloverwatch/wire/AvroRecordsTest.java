package eu.cloverwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.Finding;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Operation;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Protection;
import eu.cloverwatch.model.Pseudonyms;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.model.SampleEvent;
import eu.cloverwatch.model.Severity;
import eu.cloverwatch.v1.Violation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is published of a judgement: all that the contract lists, and of the subject only a pseudonym. */
class AvroRecordsTest {

    private static final String SUBJECT = "subject-7d41-secret";
    private static final Instant DETECTED = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");
    private static final Pseudonyms PSEUDONYMS = new Pseudonyms("k1", new byte[] {1, 2, 3});
    private static final Origin ORIGIN = new Origin("cloverwatch.access-events.v1", 3, 42, DETECTED);
    private static final List<Finding> FINDINGS = List.of(
            new Finding(Rule.SITE_UNKNOWN, Severity.MEDIUM, "m2", "r2"),
            new Finding(Rule.EGRESS_WITHOUT_GATEWAY, Severity.HIGH, "m1", "r1"));
    private static final Judgement.Known EVERYTHING = new Judgement.Known(
            "ab".repeat(32), "DE", true, "JP", "IE", "KR", FROM, FROM.plusSeconds(1), FROM.plusSeconds(2));
    private static final Judgement.Known NOTHING =
            new Judgement.Known(null, null, null, null, null, null, null, null, null);

    private static AccessEvent event() {
        return SampleEvent.event()
                .operation(Operation.EXPORT)
                .employee("E-1")
                .subject(SUBJECT, "DE")
                .count(2)
                .categories("EMAIL", "NAME")
                .protection(Protection.PSEUDONYMISED)
                .counts(5, 1024)
                .to("seoul", "KR")
                .through("G-7", "sha256:a")
                .purpose("ADVERTISING")
                .build();
    }

    private static Violation violation(AccessEvent event, Outcome outcome, Judgement.Known known) {
        return AvroRecords.violation(event, new Judgement(outcome, FINDINGS, known), ORIGIN, PSEUDONYMS, DETECTED);
    }

    @Test
    void aNewViolationIsOpenAtRevision0() {
        Violation violation = violation(event(), Outcome.VIOLATION, EVERYTHING);

        assertThat(violation.getViolationId()).isEqualTo("2b0cfc07-cb5a-540e-80d6-3508429c43b9");
        assertThat(violation.getEventId()).isEqualTo("e-1");
        assertThat(violation.getRevision()).isZero();
        assertThat(violation.getStatus()).isEqualTo(eu.cloverwatch.v1.ViolationStatus.OPEN);
        assertThat(violation.getVerdict()).isEqualTo(eu.cloverwatch.v1.Verdict.VIOLATION);
        assertThat(violation.getSeverity()).isEqualTo(eu.cloverwatch.v1.Severity.HIGH);
        assertThat(violation.getOccurredAt()).isEqualTo(SampleEvent.AT);
        assertThat(violation.getDetectedAt()).isEqualTo(DETECTED);
        assertThat(violation.getCause()).isNull();
    }

    @Test
    void findingsKeepTheirOrderAndNameTheirSources() {
        Violation violation = violation(event(), Outcome.VIOLATION, EVERYTHING);

        assertThat(violation.getFindings())
                .containsExactly(
                        new eu.cloverwatch.v1.Finding(
                                "EGRESS_WITHOUT_GATEWAY",
                                eu.cloverwatch.v1.Severity.HIGH,
                                "m1",
                                List.of("programme", "GDPR Art. 44"),
                                "r1"),
                        new eu.cloverwatch.v1.Finding(
                                "SITE_UNKNOWN", eu.cloverwatch.v1.Severity.MEDIUM, "m2", List.of("programme"), "r2"));
    }

    @Test
    void theEventIsThereButForItsSubjectsId() {
        Violation violation = violation(event(), Outcome.VIOLATION, EVERYTHING);

        assertThat(violation.getService()).isEqualTo("profile-api");
        assertThat(violation.getOperation()).isEqualTo(eu.cloverwatch.v1.Operation.EXPORT);
        assertThat(violation.getActor().getType()).isEqualTo(eu.cloverwatch.v1.ActorType.EMPLOYEE);
        assertThat(violation.getActor().getId()).isEqualTo("E-1");
        assertThat(violation.getActor().getCountry()).isEqualTo("JP");
        assertThat(violation.getSubject().getPseudonym()).startsWith("k1:").hasSize(3 + 43);
        assertThat(violation.getSubject().getCountry()).isEqualTo("DE");
        assertThat(violation.getSubject().getCount()).isEqualTo(2);
        assertThat(violation.getSubject().getMinor()).isTrue();
        assertThat(violation.getCategories()).containsExactly("EMAIL", "NAME");
        assertThat(violation.getProtection()).isEqualTo(eu.cloverwatch.v1.Protection.PSEUDONYMISED);
        assertThat(violation.getRecordCount()).isEqualTo(5);
        assertThat(violation.getByteCount()).isEqualTo(1024);
        assertThat(violation.getOriginSite()).isEqualTo("dublin-1");
        assertThat(violation.getOriginCountry()).isEqualTo("IE");
        assertThat(violation.getDestinationCountry()).isEqualTo("KR");
        assertThat(violation.getGatewayId()).isEqualTo("G-7");
        assertThat(violation.getPurpose()).isEqualTo("ADVERTISING");
    }

    @Test
    void theEvidenceSaysWhereAndByWhichFacts() {
        Violation violation = violation(event(), Outcome.VIOLATION, EVERYTHING);

        assertThat(violation.getEvidence().getTopic()).isEqualTo("cloverwatch.access-events.v1");
        assertThat(violation.getEvidence().getPartition()).isEqualTo(3);
        assertThat(violation.getEvidence().getOffset()).isEqualTo(42);
        assertThat(violation.getEvidence().getPolicySha256()).isEqualTo("ab".repeat(32));
        assertThat(violation.getEvidence().getLocationEffectiveFrom()).isEqualTo(FROM);
        assertThat(violation.getEvidence().getConsentEffectiveFrom()).isEqualTo(FROM.plusSeconds(1));
        assertThat(violation.getEvidence().getGatewayEffectiveFrom()).isEqualTo(FROM.plusSeconds(2));
    }

    @Test
    void whatIsNotKnownIsNullAndTheHashOfNoPolicyIsEmpty() {
        AccessEvent bulk = SampleEvent.event().subject(null, null).build();
        Violation violation = violation(bulk, Outcome.UNDECIDABLE, NOTHING);

        assertThat(violation.getVerdict()).isEqualTo(eu.cloverwatch.v1.Verdict.UNDECIDABLE);
        assertThat(violation.getSubject().getPseudonym()).isNull();
        assertThat(violation.getSubject().getCountry()).isNull();
        assertThat(violation.getSubject().getMinor()).isNull();
        assertThat(violation.getActor().getCountry()).isNull();
        assertThat(violation.getOriginCountry()).isNull();
        assertThat(violation.getDestinationCountry()).isNull();
        assertThat(violation.getGatewayId()).isNull();
        assertThat(violation.getEvidence().getPolicySha256()).isEmpty();
        assertThat(violation.getEvidence().getLocationEffectiveFrom()).isNull();
        assertThat(violation.getEvidence().getConsentEffectiveFrom()).isNull();
        assertThat(violation.getEvidence().getGatewayEffectiveFrom()).isNull();
    }

    @Test
    void noByteOfTheRecordTellsTheSubjectsId() {
        byte[] bytes = AvroBytes.write(violation(event(), Outcome.VIOLATION, EVERYTHING));

        assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .contains("k1:", "E-1")
                .doesNotContain(SUBJECT);
    }

    @Test
    void itIsReadBackAsItWasWritten() {
        Violation violation = violation(event(), Outcome.VIOLATION, EVERYTHING);

        assertThat(AvroBytes.read(AvroBytes.write(violation), 0, Violation.getClassSchema(), Violation.class))
                .isEqualTo(violation);
    }
}
