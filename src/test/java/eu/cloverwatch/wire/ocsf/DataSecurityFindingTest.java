package eu.cloverwatch.wire.ocsf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.Verdict;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSecurityFindingTest {

    private static final int RECORDS = 2000;

    private final Violation violation = Examples.violation();

    @Test
    void everyViolationThereCanBeIsAValidFinding() {
        for (int seed = 0; seed < RECORDS; seed++) {
            byte[] event = DataSecurityFinding.of(new RandomRecords(seed).violation(), Examples.PRODUCT);

            assertThat(OcsfSchema.DATA_SECURITY_FINDING.problems(event))
                    .as("violation of seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void whateverChangesInAViolationChangesTheFinding() {
        List<FieldChanges.Change<Violation>> changes = FieldChanges.of(violation);

        assertThat(changes)
                .hasSizeGreaterThan(60)
                .allSatisfy(change ->
                        assertThat(text(change.record())).as(change.path()).isNotEqualTo(text(violation)));
    }

    @Test
    void theSameViolationIsTheSameBytes() {
        assertThat(DataSecurityFinding.of(Examples.violation(), Examples.PRODUCT))
                .isEqualTo(DataSecurityFinding.of(violation, Examples.PRODUCT));
    }

    @ParameterizedTest
    @CsvSource({"OPEN, 1, 200601, 1, New", "AMENDED, 2, 200602, 1, New", "WITHDRAWN, 3, 200603, 3, Suppressed"})
    void aRevisionCreatesUpdatesOrCloses(ViolationStatus status, int activity, int type, int statusId, String caption) {
        violation.setStatus(status);

        JsonNode event = event();

        assertThat(event.get("activity_id").intValue()).isEqualTo(activity);
        assertThat(event.get("type_uid").intValue()).isEqualTo(type);
        assertThat(event.get("status_id").intValue()).isEqualTo(statusId);
        assertThat(event.get("status").textValue()).isEqualTo(caption);
        assertThat(event.get("status_code").textValue()).isEqualTo(status.name());
    }

    @Test
    void whatCannotBeDecidedHasLowConfidence() {
        assertThat(event().get("confidence_id").intValue()).isEqualTo(3);

        violation.setVerdict(Verdict.UNDECIDABLE);

        assertThat(event().get("confidence_id").intValue()).isEqualTo(1);
        assertThat(event().at("/metadata/event_code").textValue()).isEqualTo("UNDECIDABLE");
    }

    @Test
    void aProgramIsAnApplicationAndAPersonAUser() {
        assertThat(event().at("/actor/user/uid").textValue()).isEqualTo("E-0011");

        violation.getActor().setType(ActorType.SERVICE);

        assertThat(event().get("actor").toString()).isEqualTo("{\"app_name\":\"E-0011\"}");
    }

    @Test
    void timesAreThoseOfTheEventAndOfTheFinding() {
        JsonNode event = event();

        assertThat(event.get("time").longValue()).isEqualTo(Examples.LATER.toEpochMilli());
        assertThat(event.get("start_time").longValue())
                .isEqualTo(violation.getOccurredAt().toEpochMilli());
        assertThat(event.at("/finding_info/created_time").isMissingNode())
                .as("a revision does not know when the first was made")
                .isTrue();

        violation.setRevision(0);

        assertThat(event().at("/finding_info/created_time").longValue()).isEqualTo(Examples.LATER.toEpochMilli());
    }

    @Test
    void noPolicyIsNamedWhereNoneWasInForce() {
        violation.getEvidence().setPolicySha256("");

        assertThat(event().has("policy")).isFalse();
    }

    private JsonNode event() {
        return OcsfSchema.parse(DataSecurityFinding.of(violation, Examples.PRODUCT));
    }

    private static String text(Violation violation) {
        return new String(DataSecurityFinding.of(violation, Examples.PRODUCT), UTF_8);
    }
}
