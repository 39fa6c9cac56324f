package eu.cloverwatch.audit.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.cloverwatch.audit.replay.Change;
import eu.cloverwatch.audit.replay.ReplayRequest;
import eu.cloverwatch.audit.replay.Replayed;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.policy.PolicyDocument;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void countsEveryOutcomeAlsoThoseThatNoEventHad() throws IOException {
        JsonNode outcomes =
                summary(new SampleReplay().found(12, 3).duplicates(2)).get("outcomes");

        assertThat(outcomes.fieldNames())
                .toIterable()
                .containsExactly(
                        List.of(Outcome.values()).stream().map(Outcome::name).toArray(String[]::new));
        assertThat(outcomes.get("VIOLATION").asLong()).isEqualTo(12);
        assertThat(outcomes.get("UNDECIDABLE").asLong()).isEqualTo(3);
        assertThat(outcomes.get("DUPLICATE").asLong()).isEqualTo(2);
        assertThat(outcomes.get("REJECTED").asLong()).isZero();
    }

    @Test
    void violationsAndUndecidableAccessesAreCountedApart() throws IOException {
        JsonNode summary = summary(new SampleReplay().found(60, 9));

        assertThat(summary.at("/violations/count").asLong()).isEqualTo(60);
        assertThat(summary.at("/undecidable/count").asLong()).isEqualTo(9);
        assertThat(summary.at("/violations/by_rule/ACTOR_LOCATION_UNKNOWN").isMissingNode())
                .isTrue();
        assertThat(summary.at("/undecidable/by_rule/ACTOR_LOCATION_UNKNOWN").asLong())
                .isEqualTo(9);
        for (String group : List.of("by_severity", "by_service", "by_destination_country", "by_day", "by_purpose")) {
            long sum = 0;
            for (JsonNode count : summary.at("/violations/" + group)) {
                sum += count.asLong();
            }
            assertThat(sum).as(group).isEqualTo(60);
        }
    }

    @Test
    void aLossOrAnOpenRangeIsNotComplete() throws IOException {
        assertThat(summary(new SampleReplay()).at("/coverage/complete").asBoolean())
                .isTrue();
        JsonNode lost = summary(new SampleReplay().lost()).at("/coverage");
        assertThat(lost.get("complete").asBoolean()).isFalse();
        assertThat(lost.at("/losses/0/first_offset_left").asLong()).isEqualTo(48_211);
        JsonNode open =
                summary(new SampleReplay(), SampleReplay.context(null, true)).at("/coverage");
        assertThat(open.get("complete").asBoolean()).isFalse();
        assertThat(open.get("range_open").asBoolean()).isTrue();
    }

    @Test
    void listsTheFirstRejectedRecordsAndCountsTheRest() throws IOException {
        JsonNode rejected = summary(new SampleReplay().rejected(1_003)).get("rejected");

        assertThat(rejected.get("count").asLong()).isEqualTo(1_003);
        assertThat(rejected.get("listed")).hasSize(1_000);
        assertThat(rejected.get("not_listed").asLong()).isEqualTo(3);
        assertThat(rejected.at("/listed/0/record").asText()).isEqualTo("cloverwatch.access-events.v1-0@5000");
        assertThat(rejected.at("/by_reason/no record in the Confluent wire format")
                        .asLong())
                .isEqualTo(668);
    }

    @Test
    void namesInputsPoliciesRequestAndChanges() throws IOException {
        PolicyDocument given = PolicyDocument.defaultPolicy();
        JsonNode summary = summary(new SampleReplay()
                .request(new ReplayRequest(
                        SampleViolations.FROM, SampleViolations.TO, null, List.of(given), "E-1", null))
                .changes(Change.Kind.OTHER_POLICY, 10));

        assertThat(summary.at("/request/actor").asText()).isEqualTo("E-1");
        assertThat(summary.at("/request/rule").isNull()).isTrue();
        assertThat(summary.at("/request/policies/0/sha256").asText())
                .isEqualTo(given.policy().sha256());
        assertThat(summary.at("/policies/0/sha256").asText()).isEqualTo(SampleViolations.POLICY);
        assertThat(summary.at("/inputs/events")).hasSize(4);
        assertThat(summary.at("/inputs/events/3/root").asText()).hasSize(64);
        assertThat(summary.at("/changes/OTHER_POLICY/by_outcome/IN_REGION -> VIOLATION")
                        .asLong())
                .isEqualTo(8);
        assertThat(summary.at("/changes/LATER_FACTS/count").asLong()).isZero();
    }

    @Test
    void aPolicyFromTheBeginningOfTimeHasNoTime() throws IOException {
        Replayed one = new SampleReplay().replayed();
        Replayed backtest = new Replayed(
                one.request(),
                one.outcomes(),
                one.events(),
                one.facts(),
                List.of(new Replayed.PolicyInForce("p", "0".repeat(64), Instant.MIN, 1)),
                one.rejected(),
                one.rejectedReasons(),
                one.rejectedFacts(),
                one.rejectedFactReasons(),
                one.losses(),
                one.uncommitted(),
                one.violations(),
                one.changes());

        assertThat(summary(backtest, SampleReplay.context())
                        .at("/policies/0/from")
                        .isNull())
                .isTrue();
    }

    private static JsonNode summary(SampleReplay replay) throws IOException {
        return summary(replay, SampleReplay.context());
    }

    private static JsonNode summary(SampleReplay replay, ReportContext context) throws IOException {
        return summary(replay.replayed(), context);
    }

    private static JsonNode summary(Replayed replayed, ReportContext context) throws IOException {
        Figures figures = Figures.of(replayed, context.incidentGap(), violation -> {}, change -> {});
        StringWriter out = new StringWriter();
        SummaryJson.write(replayed, context, figures, out);
        return JSON.readTree(out.toString());
    }
}
