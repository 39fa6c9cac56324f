package eu.cloverwatch.topology;

import static eu.cloverwatch.model.Outcome.GATEWAY_APPROVED;
import static eu.cloverwatch.topology.Access.event;
import static eu.cloverwatch.topology.Facts.granted;
import static eu.cloverwatch.topology.Facts.refused;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.v1.Finding;
import eu.cloverwatch.v1.GatewayApproval;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An event is judged with what was valid when it happened, in whatever order that became known before it came. */
class FactsAsOfTheEventTest {

    private static final Instant T = Instant.parse("2024-06-05T09:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @RegisterExtension
    final TopologyHarness flow = new TopologyHarness();

    private int events;

    @BeforeEach
    void aPolicyIsInForce() {
        flow.policy(Facts.POLICY, Instant.parse("2023-03-08T00:00:00Z"));
    }

    private static Instant daysBefore(long days) {
        return T.minus(DAY.multipliedBy(days));
    }

    private void assertEmployeeIn(@Nullable String country, Instant at) {
        flow.accessed(event("ev-" + events++, at).byEmployee("E-1"));
        assertThat(flow.violation().getActor().getCountry()).as("at %s", at).isEqualTo(country);
    }

    private List<String> rules(Access access) {
        flow.accessed(access);
        return flow.violations().stream()
                .flatMap(published -> published.violation().getFindings().stream())
                .map(Finding::getRule)
                .sorted()
                .toList();
    }

    private List<String> advertising(Instant at, String country) {
        return rules(
                event("ev-" + events++, at).purpose("ADVERTISING").to(country).via("G-1"));
    }

    private List<String> throughGateway(Instant at) {
        return rules(event("ev-" + events++, at).to("JP").via("G-1"));
    }

    @Test
    void aFactIsValidFromItsFirstMomentOn() {
        flow.located("E-1", "JP", T);
        assertEmployeeIn("JP", T);
        assertEmployeeIn("JP", T.plus(DAY));
        assertThat(rules(event("before", T.minusMillis(1)).byEmployee("E-1")))
                .containsExactly("ACTOR_LOCATION_UNKNOWN");
    }

    @Test
    void whatBecomesKnownLaterMayHaveBeenValidEarlier() {
        flow.located("E-1", "JP", daysBefore(2), daysBefore(2));
        flow.located("E-1", "US", daysBefore(4), daysBefore(1));
        assertEmployeeIn("US", daysBefore(3));
        assertEmployeeIn("JP", daysBefore(2));
        assertEmployeeIn("JP", T);
    }

    @Test
    void aCorrectionReplacesWhatWasValidFromTheSameMoment() {
        flow.located("E-1", "JP", daysBefore(2), daysBefore(2));
        flow.located("E-1", "CN", daysBefore(2), daysBefore(1));
        assertEmployeeIn("CN", T);
        assertEmployeeIn("CN", daysBefore(2));
    }

    @Test
    void aCorrectionStandsWhenItComesFirst() {
        flow.located("E-1", "CN", daysBefore(2), daysBefore(1));
        flow.located("E-1", "JP", daysBefore(2), daysBefore(2));
        assertEmployeeIn("CN", T);
    }

    @Test
    void ofTwoThatAreEqualInBothTimesTheLaterArrivalStands() {
        flow.located("E-1", "JP", daysBefore(2), daysBefore(2));
        flow.located("E-1", "CN", daysBefore(2), daysBefore(2));
        assertEmployeeIn("CN", T);
    }

    @Test
    void whoHasLeftIsNowhere() {
        flow.located("E-1", "JP", daysBefore(4));
        flow.left("E-1", daysBefore(2));
        assertEmployeeIn("JP", daysBefore(2).minusMillis(1));
        assertEmployeeIn(null, daysBefore(2));
        flow.located("E-1", "US", daysBefore(1));
        assertEmployeeIn("US", T);
    }

    @Test
    void anyOrderOfArrivalGivesOneHistory() {
        record Move(String country, long effective, long recorded) {}
        List<Move> moves = List.of(
                new Move("JP", 8, 8),
                new Move("US", 6, 2),
                new Move("CN", 4, 4),
                new Move("KR", 4, 3),
                new Move("BR", 2, 7));
        int employee = 0;
        for (List<Move> order : Permutations.of(moves)) {
            String id = "E-" + employee++;
            order.forEach(move ->
                    flow.located(id, move.country(), daysBefore(move.effective()), daysBefore(move.recorded())));
            String seen = "";
            for (long days : new long[] {9, 8, 6, 5, 4, 3, 2, 0}) {
                flow.accessed(event(id + "/" + days, daysBefore(days)).byEmployee(id));
                seen += flow.violation().getActor().getCountry() + " ";
            }
            assertThat(seen).as("in the order %s", order).isEqualTo("null JP US US KR KR BR BR ");
        }
        assertThat(employee).isEqualTo(120);
    }

    @Test
    void anyOrderOfArrivalGivesOneHistoryOfConsents() {
        flow.approved("G-1", "JP", daysBefore(30));
        record Change(boolean granted, long effective, long recorded) {}
        List<Change> changes = List.of(
                new Change(true, 8, 8), new Change(false, 6, 1), new Change(false, 4, 4), new Change(true, 4, 3));
        int subject = 0;
        for (List<Change> order : Permutations.of(changes)) {
            String id = "S-" + subject++;
            order.forEach(change -> flow.consented(
                    id,
                    daysBefore(change.effective()),
                    daysBefore(change.recorded()),
                    change.granted() ? granted("ADVERTISING") : refused("ADVERTISING")));
            String seen = "";
            for (long days : new long[] {9, 8, 7, 6, 5, 4, 0}) {
                flow.accessed(event("ev-" + days, daysBefore(days))
                        .of(id, "IE")
                        .purpose("ADVERTISING")
                        .to("JP")
                        .via("G-1"));
                seen += flow.violations().isEmpty() ? "+" : "-";
            }
            assertThat(seen).as("in the order %s", order).isEqualTo("-++--++");
        }
        assertThat(subject).isEqualTo(24);
    }

    @Test
    void consentCountsWhereItWasGivenFor() {
        flow.publish(Topic.GATEWAYS, "G-1", anywhere(), daysBefore(30));
        flow.consented("S-1", daysBefore(2), granted("ADVERTISING", "JP"));
        assertThat(advertising(T, "JP")).isEmpty();
        assertThat(advertising(T, "US")).containsExactly("CONSENT_MISSING");
        assertThat(advertising(daysBefore(3), "JP")).containsExactly("CONSENT_MISSING");
    }

    @Test
    void anotherSubjectsConsentIsNobodyElses() {
        flow.approved("G-1", "JP", daysBefore(30));
        flow.consented("S-2", daysBefore(2), granted("ADVERTISING"));
        assertThat(advertising(T, "JP")).containsExactly("CONSENT_MISSING");
    }

    @Test
    void anErasedSubjectHasNoConsentFromThenOn() {
        flow.approved("G-1", "JP", daysBefore(30));
        flow.consented("S-1", daysBefore(4), granted("ADVERTISING"));
        flow.erased("S-1", daysBefore(2));
        assertThat(advertising(daysBefore(2).minusMillis(1), "JP")).isEmpty();
        assertThat(advertising(daysBefore(2), "JP")).containsExactly("CONSENT_MISSING");
        assertThat(advertising(T, "JP")).containsExactly("CONSENT_MISSING");
        flow.consented("S-1", T, granted("ADVERTISING"));
        assertThat(flow.violation().getStatus()).isEqualTo(ViolationStatus.WITHDRAWN);
        assertThat(advertising(T, "JP")).isEmpty();
    }

    @Test
    void whatAForgottenSubjectHadConsentedToIsNotSaidToHaveBeenMissing() {
        flow.approved("G-1", "JP", daysBefore(30));
        flow.consented("S-1", daysBefore(4), granted("ADVERTISING"));
        flow.erased("S-1", daysBefore(2));
        flow.advance(TopologyHarness.HORIZON.plusSeconds(1));

        assertThat(advertising(daysBefore(2).minusMillis(1), "JP")).containsExactly("HISTORY_EXPIRED");
        assertThat(flow.outcomes()).containsOnlyKeys(Outcome.UNDECIDABLE);
        assertThat(advertising(daysBefore(2), "JP")).containsExactly("CONSENT_MISSING");
    }

    @Test
    void aTombstoneOfAGatewayEndsItsApproval() {
        flow.disapproved("G-1", daysBefore(2));
        flow.approved("G-1", "JP", daysBefore(4));
        assertThat(throughGateway(daysBefore(2).minusMillis(1))).isEmpty();
        assertThat(throughGateway(daysBefore(2))).containsExactly("GATEWAY_UNKNOWN");
        assertThat(throughGateway(daysBefore(5))).containsExactly("GATEWAY_UNKNOWN");
        assertThat(flow.outcomes()).isEqualTo(Map.of(GATEWAY_APPROVED, 1L, Outcome.VIOLATION, 2L));
    }

    @Test
    void aPolicyIsInForceFromTheLaterOfWhatItSaysAndWhenItCame() {
        String later = Facts.POLICY
                .replace("2023-03-08T00:00:00Z\nprotected", daysBefore(4) + "\nprotected")
                .replace("region: [IE, DE]", "region: [IE, DE, JP]");
        flow.policy(later, daysBefore(2));
        assertThat(rules(event("ev-1", daysBefore(2).minusMillis(1)).to("JP")))
                .containsExactly("EGRESS_WITHOUT_GATEWAY");
        assertThat(rules(event("ev-2", daysBefore(2)).to("JP"))).isEmpty();

        flow.policy(later.replace("region: [IE, DE, JP]", "region: [IE]"), daysBefore(3));
        assertThat(rules(event("ev-3", daysBefore(3)).to("DE"))).containsExactly("EGRESS_WITHOUT_GATEWAY");
        assertThat(rules(event("ev-4", daysBefore(2)).to("DE"))).isEmpty();
    }

    @Test
    void ofTwoPoliciesInForceFromOneMomentTheOneThatBecameKnownLaterStands() {
        String announced = Facts.POLICY.replace("2023-03-08T00:00:00Z\nprotected", daysBefore(2) + "\nprotected");
        String overdue = Facts.POLICY
                .replace("policy_id: eu-user-data", "policy_id: other")
                .replace("region: [IE, DE]", "region: [IE, DE, JP]");
        flow.policy(overdue, daysBefore(2));
        flow.policy(announced, daysBefore(3));
        assertThat(rules(event("ev-1", T).to("JP"))).isEmpty();

        flow.policy(overdue.replace("region: [IE, DE, JP]", "region: [IE]"), daysBefore(2));
        assertThat(rules(event("ev-2", T).to("JP")))
                .as("the later arrival of equals")
                .isNotEmpty();
        assertThat(rules(event("ev-3", T).to("DE"))).isNotEmpty();
    }

    private static GatewayApproval anywhere() {
        return Facts.approval("G-1", "*", daysBefore(30), daysBefore(30));
    }
}
