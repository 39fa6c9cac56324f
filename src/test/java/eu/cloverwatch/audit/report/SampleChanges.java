package eu.cloverwatch.audit.report;

import eu.cloverwatch.audit.replay.Change;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** What another view judges differently. */
final class SampleChanges {

    private SampleChanges() {}

    static Change change(Change.Kind kind, int number) {
        Instant at = SampleViolations.FROM.plus(Duration.ofMinutes(37L * number));
        Change.Judged none = new Change.Judged(Outcome.IN_REGION, new TreeSet<>(), null);
        Change.Judged found =
                new Change.Judged(Outcome.VIOLATION, new TreeSet<>(List.of("EGRESS_WITHOUT_GATEWAY")), Severity.HIGH);
        String why = kind == Change.Kind.LATER_FACTS
                ? "employee-locations/E-1003 effective 2025-03-03T00:00:00Z, recorded 2025-03-20T08:00:00Z: was IE, is SG"
                : "EGRESS_WITHOUT_GATEWAY: the policy given does not count SG to the region";
        return new Change(
                kind,
                String.format(Locale.ROOT, "ev-%08d", number),
                at,
                "E-1003",
                new Origin(SampleReplay.EVENTS, number % 4, 70_000L + number, at),
                number % 5 == 0 ? found : none,
                number % 5 == 0 ? none : found,
                List.of(why));
    }
}
