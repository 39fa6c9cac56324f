package eu.cloverwatch.wire.ocsf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.Incident;
import eu.cloverwatch.v1.IncidentStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IncidentFindingTest {

    private static final int RECORDS = 2000;

    private final Incident incident = Examples.incident();

    @Test
    void everyIncidentThereCanBeIsAValidFinding() {
        for (int seed = 0; seed < RECORDS; seed++) {
            RandomRecords records = new RandomRecords(seed);
            byte[] event = IncidentFinding.of(
                    records.incident(),
                    records.one(ActorType.values()),
                    records.one(Activity.values()),
                    records.one(new Long[] {0L, 1L, Long.MAX_VALUE}),
                    records.time(),
                    records.time(),
                    Examples.PRODUCT);

            assertThat(OcsfSchema.INCIDENT_FINDING.problems(event))
                    .as("incident of seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void whateverChangesInAnIncidentChangesTheFinding() {
        List<FieldChanges.Change<Incident>> changes = FieldChanges.of(incident);

        assertThat(changes)
                .hasSizeGreaterThan(15)
                .allSatisfy(change -> assertThat(text(change.record(), Activity.UPDATE))
                        .as(change.path())
                        .isNotEqualTo(text(incident, Activity.UPDATE)));
    }

    @Test
    void tenThousandViolationsAreOneEntry() {
        JsonNode event = event(Activity.CREATE);

        assertThat(event.get("finding_info_list")).hasSize(1);
        assertThat(event.get("count").longValue()).isEqualTo(10_000);
        assertThat(event.at("/finding_info_list/0/uid").textValue()).isEqualTo(incident.getIncidentId());
    }

    @Test
    void theFirstEventOfAnIncidentAloneIsAnAlert() {
        assertThat(event(Activity.CREATE).get("is_alert").booleanValue()).isTrue();
        assertThat(event(Activity.UPDATE).get("is_alert").booleanValue()).isFalse();
        assertThat(event(Activity.CLOSE).get("is_alert").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"OPEN, 3, 1, New", "OPEN, 0, 1, New", "CLOSED, 3, 99, Ended", "CLOSED, 0, 5, Closed"})
    void anIncidentIsClosedForTheSocOnlyIfNothingIsLeftOfIt(
            IncidentStatus status, long violations, int id, String caption) {
        incident.setStatus(status);
        incident.setViolations(violations);

        JsonNode event = event(Activity.CLOSE);

        assertThat(event.get("status_id").intValue()).isEqualTo(id);
        assertThat(event.get("status").textValue()).isEqualTo(caption);
    }

    @ParameterizedTest
    @EnumSource
    void theActivityIsThatOfTheCaller(Activity activity) {
        JsonNode event = event(activity);

        assertThat(event.get("activity_id").intValue()).isEqualTo(activity.id());
        assertThat(event.get("type_uid").intValue()).isEqualTo(200500 + activity.id());
    }

    @Test
    void timesAreThoseOfTheViolationsAndOfTheRecord() {
        JsonNode event = event(Activity.UPDATE);

        assertThat(event.get("time").longValue()).isEqualTo(Examples.LATER.toEpochMilli());
        assertThat(event.get("start_time").longValue())
                .isEqualTo(incident.getFirstAt().toEpochMilli());
        assertThat(event.get("end_time").longValue())
                .isEqualTo(incident.getLastAt().toEpochMilli());
        assertThat(event.at("/finding_info_list/0/created_time").longValue()).isEqualTo(Examples.OPENED.toEpochMilli());
    }

    @Test
    void theLongestActorIdThereCanBeMakesNoEventThatItsTopicWouldRefuse() {
        String actor = "\u0001".repeat(1 << 20);
        incident.setActor(actor);

        assertThat(text(incident, Activity.UPDATE).getBytes(UTF_8)).hasSizeLessThan(7 << 20);
        assertThat(event(Activity.UPDATE).at("/actor/user/uid").textValue()).isEqualTo(actor);
    }

    @Test
    void anActorIdIsNotCutWithinACharacter() {
        incident.setActor("\uD83D\uDE00".repeat(200));
        incident.setRules(List.of());

        assertThat(event(Activity.UPDATE).at("/finding_info_list/0/title").textValue())
                .doesNotContain("?")
                .endsWith("\uD83D\uDE00...");
        incident.setActor("x" + "\uD83D\uDE00".repeat(200));
        assertThat(event(Activity.UPDATE).at("/finding_info_list/0/title").textValue())
                .doesNotContain("?")
                .endsWith("\uD83D\uDE00...");
    }

    private JsonNode event(Activity activity) {
        return OcsfSchema.parse(text(incident, activity).getBytes(UTF_8));
    }

    private static String text(Incident incident, Activity activity) {
        byte[] event = IncidentFinding.of(
                incident, ActorType.EMPLOYEE, activity, 3, Examples.OPENED, Examples.LATER, Examples.PRODUCT);
        return new String(event, UTF_8);
    }
}
