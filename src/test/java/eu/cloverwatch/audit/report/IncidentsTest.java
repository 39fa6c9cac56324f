package eu.cloverwatch.audit.report;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.v1.Severity;
import eu.cloverwatch.v1.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IncidentsTest {

    private static final Instant NOON = Instant.parse("2025-03-10T12:00:00Z");

    @Test
    void violationsWithinTheGapAreOneIncidentAndOneLaterIsAnother() {
        Incidents incidents = incidents(
                10,
                violation(1, "E-1", 0, Severity.HIGH),
                violation(2, "E-1", 30, Severity.HIGH),
                violation(3, "E-1", 60, Severity.HIGH),
                violation(4, "E-1", 91, Severity.HIGH));

        assertThat(incidents.listed())
                .extracting(incident -> incident.session().violations())
                .containsExactly(3L, 1L);
        assertThat(incidents.listed().get(0).session().last()).isEqualTo(NOON.plus(Duration.ofMinutes(60)));
    }

    @Test
    void theOrderInWhichViolationsComeDoesNotMatter() {
        Incidents incidents = incidents(
                10,
                violation(1, "E-1", 50, Severity.HIGH),
                violation(2, "E-1", 0, Severity.HIGH),
                violation(3, "E-1", 25, Severity.HIGH));

        assertThat(incidents.count()).isOne();
        assertThat(incidents.listed().get(0).figures().accesses()).isEqualTo(3);
    }

    @Test
    void actorsAreApartAndTheMostSevereComesFirst() {
        Incidents incidents = incidents(
                10,
                violation(1, "E-1", 0, Severity.HIGH),
                violation(2, "E-1", 1, Severity.HIGH),
                violation(3, "E-2", 0, Severity.CRITICAL));

        assertThat(incidents.listed())
                .extracting(incident -> incident.session().actor().id())
                .containsExactly("E-2", "E-1");
    }

    @Test
    void aBurstOfTenThousandIsOneRow() {
        Incidents incidents = incidents(
                10,
                IntStream.range(0, 10_000)
                        .mapToObj(i -> violation(i, "E-1", i % 25, Severity.HIGH))
                        .toArray(Violation[]::new));

        assertThat(incidents.count()).isOne();
        assertThat(incidents.listed().get(0).figures().accesses()).isEqualTo(10_000);
    }

    @Test
    void thoseBeyondTheLimitAreCountedAndNotListed() {
        Incidents incidents = incidents(
                2,
                violation(1, "E-1", 0, Severity.LOW),
                violation(2, "E-2", 0, Severity.HIGH),
                violation(3, "E-3", 0, Severity.MEDIUM));

        assertThat(incidents.count()).isEqualTo(3);
        assertThat(incidents.listed())
                .extracting(incident -> incident.session().actor().id())
                .containsExactly("E-2", "E-3");
        assertThat(incidents.listed()).allMatch(incident -> incident.figures().accesses() == 1);
    }

    private static Incidents incidents(int limit, Violation... violations) {
        Sessions sessions = new Sessions(Duration.ofMinutes(30));
        List.of(violations).forEach(sessions::add);
        Incidents incidents = new Incidents(sessions.ranked(limit));
        List.of(violations).forEach(incidents::add);
        return incidents;
    }

    private static Violation violation(int number, String actor, int minutes, Severity severity) {
        Violation violation = SampleViolations.violation(number);
        violation.getActor().setId(actor);
        violation.setOccurredAt(NOON.plus(Duration.ofMinutes(minutes)));
        violation.setSeverity(severity);
        return violation;
    }
}
