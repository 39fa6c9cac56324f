package eu.cloverwatch.topology;

import static eu.cloverwatch.topology.Access.event;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.v1.Incident;
import eu.cloverwatch.v1.IncidentStatus;
import eu.cloverwatch.v1.Severity;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an actor does in one go is one incident, kept up to date; see {@link IncidentSessionsTest} for how it is cut. */
class IncidentsTest {

    private static final Instant T = Instant.parse("2024-06-05T09:00:00Z");
    private static final Duration GAP = TopologyHarness.INCIDENT_GAP;
    private static final Duration MOMENT = GroupIncidents.GATHERING;

    @RegisterExtension
    final TopologyHarness flow = new TopologyHarness();

    @BeforeEach
    void aPolicyIsInForce() {
        flow.policy(Facts.POLICY, Instant.parse("2023-03-08T00:00:00Z"));
    }

    private static Access leak(String eventId, Instant at) {
        return event(eventId, at).to("JP");
    }

    private List<Incident> aMomentLater() {
        flow.advance(MOMENT);
        return flow.incidents();
    }

    private Incident theOneOf(List<Incident> published) {
        assertThat(published).hasSize(1);
        return published.get(0);
    }

    @Test
    void aBurstOfTenThousandIsOneIncidentAndOneRecord() {
        for (int i = 0; i < 10_000; i++) {
            flow.accessed(leak("ev-" + i, T.plusMillis(i)).of("S-" + i % 1_000, "IE"));
        }
        Incident incident = theOneOf(aMomentLater());
        assertThat(flow.violations()).hasSize(10_000);
        assertThat(incident.getViolations()).isEqualTo(10_000);
        assertThat(incident.getSubjects()).isEqualTo(1_000);
        assertThat(incident.getBytes()).isEqualTo(10_000 * 512);
        assertThat(incident.getActor()).isEqualTo("profile-api");
        assertThat(incident.getRules()).containsExactly("EGRESS_WITHOUT_GATEWAY");
        assertThat(incident.getSeverity()).isEqualTo(Severity.CRITICAL);
        assertThat(incident.getDestinations()).containsExactly("JP");
        assertThat(incident.getFirstAt()).isEqualTo(T);
        assertThat(incident.getLastAt()).isEqualTo(T.plusMillis(9_999));
        assertThat(incident.getStatus()).isEqualTo(IncidentStatus.OPEN);
        assertThat(aMomentLater()).as("nothing changed since").isEmpty();
    }

    @Test
    void anIncidentThatGrowsIsPublishedAgainUnderItsId() {
        flow.accessed(leak("ev-1", T));
        Incident first = theOneOf(aMomentLater());
        flow.accessed(leak("ev-2", T.plus(GAP)));
        flow.accessed(leak("ev-3", T.plus(GAP.multipliedBy(2)).plusMillis(1)));
        List<Incident> published = aMomentLater();
        assertThat(published).hasSize(2);
        assertThat(published)
                .filteredOn(one -> one.getIncidentId().equals(first.getIncidentId()))
                .singleElement()
                .satisfies(grown -> assertThat(grown.getViolations()).isEqualTo(2));
    }

    @Test
    void whatCannotBeDecidedIsNoPartOfAnIncident() {
        flow.accessed(event("ev-1", T).byEmployee("E-1"));
        assertThat(flow.violation().getVerdict()).isEqualTo(eu.cloverwatch.v1.Verdict.UNDECIDABLE);
        assertThat(aMomentLater()).isEmpty();
        flow.located("E-1", "CN", T.minusSeconds(1), T);
        assertThat(theOneOf(aMomentLater()).getViolations()).isEqualTo(1);
    }

    @Test
    void anIncidentWhoseViolationsAreWithdrawnIsPublishedALastTime() {
        flow.accessed(leak("ev-1", T).via("G-1"));
        flow.accessed(leak("ev-2", T.plusSeconds(1)));
        Incident both = theOneOf(aMomentLater());
        flow.approved("G-1", "JP", T.minusSeconds(1));
        Incident one = theOneOf(aMomentLater());
        assertThat(one.getIncidentId()).isEqualTo(both.getIncidentId());
        assertThat(one.getViolations()).isEqualTo(1);
        assertThat(one.getFirstAt()).isEqualTo(T.plusSeconds(1));
    }

    @Test
    void oneThatHasNothingLeftIsClosedWithZero() {
        flow.accessed(leak("ev-1", T).via("G-1"));
        String id = theOneOf(aMomentLater()).getIncidentId();
        flow.approved("G-1", "JP", T.minusSeconds(1));
        Incident empty = theOneOf(aMomentLater());
        assertThat(empty.getIncidentId()).isEqualTo(id);
        assertThat(empty.getViolations()).isZero();
        assertThat(empty.getSubjects()).isZero();
        assertThat(empty.getBytes()).isZero();
        assertThat(empty.getRules()).isEmpty();
        assertThat(empty.getStatus()).isEqualTo(IncidentStatus.CLOSED);
        assertThat(aMomentLater()).isEmpty();
    }

    @Test
    void oneThatNobodyHeardOfNeedsNoEnd() {
        flow.accessed(leak("ev-1", T).via("G-1"));
        flow.approved("G-1", "JP", T.minusSeconds(1));
        assertThat(aMomentLater()).isEmpty();
    }

    @Test
    void twoThatGrowTogetherAreOneUnderTheIdOfTheFirst() {
        flow.accessed(leak("ev-1", T));
        String first = theOneOf(aMomentLater()).getIncidentId();
        flow.accessed(leak("ev-3", T.plus(GAP.multipliedBy(2))));
        String second = theOneOf(aMomentLater()).getIncidentId();
        flow.accessed(leak("ev-2", T.plus(GAP)));
        List<Incident> published = aMomentLater();
        assertThat(published).hasSize(2);
        assertThat(published)
                .filteredOn(one -> one.getIncidentId().equals(first))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.getViolations()).isEqualTo(3);
                    assertThat(one.getSubjects()).isEqualTo(1);
                    assertThat(one.getStatus()).isEqualTo(IncidentStatus.OPEN);
                });
        assertThat(published)
                .filteredOn(one -> one.getIncidentId().equals(second))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.getViolations()).isZero();
                    assertThat(one.getStatus()).isEqualTo(IncidentStatus.CLOSED);
                });
    }

    @Test
    void anIncidentIsClosedWhenNothingChangesForTheGapAndOpenedAgainByALateOne() {
        flow.accessed(leak("ev-1", T));
        String id = theOneOf(aMomentLater()).getIncidentId();
        flow.advance(GAP.minusMinutes(2));
        assertThat(flow.incidents()).isEmpty();
        flow.advance(Duration.ofMinutes(5));
        Incident closed = theOneOf(flow.incidents());
        assertThat(closed.getIncidentId()).isEqualTo(id);
        assertThat(closed.getStatus()).isEqualTo(IncidentStatus.CLOSED);
        flow.accessed(leak("ev-2", T.plusSeconds(1)));
        Incident open = theOneOf(aMomentLater());
        assertThat(open.getIncidentId()).isEqualTo(id);
        assertThat(open.getStatus()).isEqualTo(IncidentStatus.OPEN);
        flow.advance(GAP.plusMinutes(5));
        assertThat(theOneOf(flow.incidents()).getStatus()).isEqualTo(IncidentStatus.CLOSED);
    }

    @Test
    void oneIsForgottenWhenTheLookbackHasPassedItsViolationsAndNotBefore() {
        flow.accessed(leak("ev-1", T));
        flow.accessed(leak("ev-2", T.plusSeconds(10)));
        aMomentLater();
        flow.advance(TopologyHarness.LOOKBACK.plusDays(1));
        assertThat(theOneOf(flow.incidents()).getStatus()).isEqualTo(IncidentStatus.CLOSED);
        flow.accessed(event("ev-later", T.plusSeconds(5).plus(TopologyHarness.LOOKBACK)));
        flow.accessed(event("ev-by-then", T.plusSeconds(5).plus(TopologyHarness.LOOKBACK))
                .of(null, null));
        assertThat(entries()).as("of ev-2 a revision may come").isPositive();
        Instant muchLater = T.plusSeconds(11).plus(TopologyHarness.LOOKBACK.multipliedBy(2));
        flow.accessed(event("ev-much-later", muchLater).of("S-2", null));
        flow.advance(Duration.ofMinutes(1));
        flow.advance(Duration.ofMinutes(1));
        assertThat(entries()).isZero();
        assertThat(flow.incidents()).isEmpty();
    }

    @Test
    void aLargeOneIsForgottenInPortionsThatFollowSoon() {
        for (int i = 0; i < 12_000; i++) {
            flow.accessed(leak("ev-" + i, T.plusMillis(i)));
        }
        aMomentLater();
        flow.advance(GAP.plusMinutes(5));
        Instant later = T.plus(TopologyHarness.LOOKBACK.multipliedBy(2));
        flow.accessed(event("ev-later", later).of("S-2", null));
        flow.accessed(event("ev-later-still", later.plus(Duration.ofHours(1))).of("S-2", null));
        flow.incidents();
        flow.advance(FlowTopology.NOW_AND_THEN);
        assertThat(entries()).as("a portion of 12,000, and of their subjects").isBetween(3_000, 5_000);
        flow.advance(FlowTopology.SOON);
        flow.advance(FlowTopology.SOON);
        assertThat(entries()).isZero();
        assertThat(flow.incidents()).isEmpty();
    }

    @Test
    void anActorWhoseIdFillsAnEventIsNoneWhoseIncidentsCannotBePublished() {
        flow.accessed(leak("ev-1", T).byService("\u0001".repeat(500_000)));
        assertThat(aMomentLater()).hasSize(1);
        assertThat(flow.findings(Topic.INCIDENTS_OCSF))
                .singleElement()
                .satisfies(event -> assertThat(event.getValue()).hasSizeBetween(3_000_000, 7 << 20));
    }

    private int entries() {
        List<Object> entries = new ArrayList<>();
        StateStores.OF_INCIDENTS.forEach(store -> flow.each(store, entries::add));
        return entries.size();
    }

    @Test
    void eachRecordHasItsOcsfEventUnderTheSameKey() {
        flow.accessed(leak("ev-1", T).via("G-1"));
        aMomentLater();
        flow.accessed(leak("ev-2", T.plusSeconds(1)).via("G-1"));
        aMomentLater();
        flow.approved("G-1", "JP", T.minusSeconds(1));
        String id = theOneOf(aMomentLater()).getIncidentId();
        assertThat(flow.findings(Topic.INCIDENTS_OCSF))
                .allSatisfy(event -> assertThat(event.getKey()).isEqualTo(id))
                .extracting(Map.Entry::getValue)
                .satisfiesExactly(
                        event -> assertThat(event).contains("\"activity_name\":\"Create\""),
                        event -> assertThat(event).contains("\"activity_name\":\"Update\""),
                        event -> assertThat(event).contains("\"activity_name\":\"Close\""));
    }

    @Test
    void anActorOfAnotherKindWithTheSameIdHasIncidentsOfItsOwn() {
        flow.located("profile-api", "IE", T.minusSeconds(1));
        flow.accessed(leak("ev-1", T));
        flow.accessed(leak("ev-2", T).byEmployee("profile-api"));
        assertThat(aMomentLater()).hasSize(2).allSatisfy(one -> {
            assertThat(one.getActor()).isEqualTo("profile-api");
            assertThat(one.getViolations()).isEqualTo(1);
        });
    }
}
