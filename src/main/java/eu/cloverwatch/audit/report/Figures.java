package eu.cloverwatch.audit.report;

import eu.cloverwatch.audit.replay.Change;
import eu.cloverwatch.audit.replay.Replayed;
import eu.cloverwatch.v1.Verdict;
import eu.cloverwatch.v1.Violation;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Everything that is counted or chosen, in two passes over the violations.
 *
 * @param undecidable the accesses of which cannot be said whether a rule was kept
 * @param incidents of violations only
 * @param shownViolations those that the report has in full
 * @param shownUndecidable the same
 * @param changes of each kind
 */
record Figures(
        Tally violations,
        Tally undecidable,
        Incidents incidents,
        List<Violation> shownViolations,
        List<Violation> shownUndecidable,
        Map<Change.Kind, ChangeFigures> changes) {

    /** @param each is given every violation, and every change, once */
    static Figures of(Replayed replayed, Duration incidentGap, Consumer<Violation> each, Consumer<Change> eachChange) {
        Tally violations = new Tally();
        Tally undecidable = new Tally();
        Selection shownViolations = new Selection(Rows.SCREEN.violations());
        Selection shownUndecidable = new Selection(Rows.SCREEN.undecidable());
        Sessions sessions = new Sessions(incidentGap);
        replayed.violations().forEach(violation -> {
            each.accept(violation);
            if (violation.getVerdict() == Verdict.VIOLATION) {
                violations.add(violation);
                shownViolations.add(violation);
                sessions.add(violation);
            } else {
                undecidable.add(violation);
                shownUndecidable.add(violation);
            }
        });
        Incidents incidents = incidents(replayed, sessions);
        return new Figures(
                violations,
                undecidable,
                incidents,
                shownViolations.violations(),
                shownUndecidable.violations(),
                changes(replayed, eachChange));
    }

    private static Incidents incidents(Replayed replayed, Sessions sessions) {
        Incidents incidents = new Incidents(sessions.ranked(Rows.SCREEN.incidents()));
        replayed.violations().forEach(violation -> {
            if (violation.getVerdict() == Verdict.VIOLATION) {
                incidents.add(violation);
            }
        });
        return incidents;
    }

    private static Map<Change.Kind, ChangeFigures> changes(Replayed replayed, Consumer<Change> each) {
        Map<Change.Kind, ChangeFigures> changes = new EnumMap<>(Change.Kind.class);
        for (Change.Kind kind : Change.Kind.values()) {
            changes.put(kind, new ChangeFigures(Rows.SCREEN.changes()));
        }
        replayed.changes().forEach(change -> {
            each.accept(change);
            Objects.requireNonNull(changes.get(change.kind())).add(change);
        });
        return changes;
    }
}
