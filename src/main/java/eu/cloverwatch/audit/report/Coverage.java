package eu.cloverwatch.audit.report;

import eu.cloverwatch.audit.replay.Replayed;
import eu.cloverwatch.model.Outcome;
import java.util.List;
import java.util.Map;

/**
 * What was looked at, and what may therefore be said. The absence of violations is only ever claimed of what was judged.
 *
 * @param losses parts of the range that are gone
 * @param uncommitted parts of the topics that could not be read
 * @param open whether the range has not ended yet
 * @param records of the range, whatever became of them
 * @param protectedAccesses accesses to data that the policy protects, as far as that is known
 * @param judged protected accesses of which can be said whether the rules were kept
 * @param notJudged undecidable and rejected, of whatever rule
 */
record Coverage(
        List<Replayed.Loss> losses,
        List<Replayed.Uncommitted> uncommitted,
        boolean open,
        long records,
        long protectedAccesses,
        long judged,
        long notJudged) {

    static Coverage of(Replayed replayed, ReportContext context) {
        Map<Outcome, Long> outcomes = replayed.outcomes();
        long judged = sum(outcomes, Outcome.EXEMPT, Outcome.IN_REGION, Outcome.GATEWAY_APPROVED, Outcome.VIOLATION);
        return new Coverage(
                replayed.losses(),
                replayed.uncommitted(),
                context.rangeOpen(),
                sum(outcomes, Outcome.values()),
                judged + sum(outcomes, Outcome.UNDECIDABLE),
                judged,
                sum(outcomes, Outcome.UNDECIDABLE, Outcome.REJECTED));
    }

    private static long sum(Map<Outcome, Long> outcomes, Outcome... which) {
        long sum = 0;
        for (Outcome outcome : which) {
            sum += outcomes.getOrDefault(outcome, 0L);
        }
        return sum;
    }

    /** Whether all records of the range were there to be looked at. */
    public boolean complete() {
        return losses.isEmpty() && uncommitted.isEmpty() && !open;
    }

    /**
     * The report in one sentence.
     *
     * @param violations that the report is about
     * @param which narrows what is claimed, such as " of E-17"; empty if nothing does
     */
    String headline(long violations, String which) {
        if (violations > 0) {
            return Wording.plural(violations, "violation" + which + " was", "violations" + which + " were") + " found"
                    + (complete() ? "" : " in the part of the range that could be examined; there may be more") + ".";
        }
        if (!complete()) {
            return "Nothing can be said about the whole range: part of it could not be examined.";
        }
        if (records == 0) {
            return "No access was recorded in this range, so there was nothing to judge.";
        }
        if (notJudged > 0) {
            return Wording.plural(notJudged, "record", "records")
                    + " could not be judged. Among the others, no violation" + which + " was found.";
        }
        return "No violation" + which + " was found among "
                + Wording.plural(records, "recorded access", "recorded accesses") + ".";
    }
}
