package eu.cloverwatch.audit.report;

import eu.cloverwatch.v1.Finding;
import eu.cloverwatch.v1.Violation;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Those that are shown in full: the most severe first, and among equals the first of each kind (actor, rules, recipient) before
 * the second of any, so that a burst does not hide the rest. The same for the same violations in the same order.
 */
final class Selection {

    private static final Comparator<Candidate> CHOICE = Comparator.comparing(
                    (Candidate candidate) -> candidate.violation().getSeverity(), Comparator.reverseOrder())
            .thenComparing(Candidate::nth)
            .thenComparing(Candidate::ordinal);

    private static final Comparator<Candidate> DISPLAY = Comparator.comparing(
                    (Candidate candidate) -> candidate.violation().getSeverity(), Comparator.reverseOrder())
            .thenComparing(candidate -> candidate.violation().getOccurredAt())
            .thenComparing(Candidate::ordinal);

    private final int limit;
    private final PriorityQueue<Candidate> chosen = new PriorityQueue<>(CHOICE.reversed());
    private final Map<Kind, Integer> kinds = new HashMap<>();
    private long ordinal;

    private record Kind(Actor actor, SortedSet<String> rules, String recipient) {}

    /**
     * @param nth of its kind, from 1
     * @param ordinal in the order given
     */
    private record Candidate(Violation violation, int nth, long ordinal) {}

    Selection(int limit) {
        this.limit = limit;
    }

    void add(Violation violation) {
        Kind kind = new Kind(
                Actor.of(violation),
                violation.getFindings().stream().map(Finding::getRule).collect(Collectors.toCollection(TreeSet::new)),
                Tally.or(violation.getDestinationCountry(), Tally.NONE));
        chosen.add(new Candidate(violation, kinds.merge(kind, 1, Integer::sum), ordinal++));
        if (chosen.size() > limit) {
            chosen.remove();
        }
    }

    /** Most severe first, then by time. */
    List<Violation> violations() {
        return chosen.stream().sorted(DISPLAY).map(Candidate::violation).toList();
    }
}
