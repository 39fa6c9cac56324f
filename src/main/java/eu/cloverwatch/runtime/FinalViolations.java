package eu.cloverwatch.runtime;

import eu.cloverwatch.model.Severity;
import eu.cloverwatch.model.Verdict;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.wire.FinalVerdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Of each violation the latest revision; a withdrawn one is none. */
public final class FinalViolations {

    private final Map<String, Violation> latest = new HashMap<>();

    /** Revisions of one violation may come in any order, and more than once. */
    public void add(Violation violation) {
        latest.merge(violation.getViolationId(), violation, (a, b) -> a.getRevision() > b.getRevision() ? a : b);
    }

    /** In the order of {@link FinalVerdict#ORDER}. */
    public List<FinalVerdict> verdicts() {
        return latest.values().stream()
                .filter(violation -> violation.getStatus() != ViolationStatus.WITHDRAWN)
                .map(FinalViolations::verdict)
                .sorted(FinalVerdict.ORDER)
                .toList();
    }

    private static FinalVerdict verdict(Violation violation) {
        TreeSet<String> rules = new TreeSet<>();
        violation.getFindings().forEach(finding -> rules.add(finding.getRule()));
        return new FinalVerdict(
                violation.getEventId(),
                Verdict.valueOf(violation.getVerdict().name()),
                rules,
                Severity.valueOf(violation.getSeverity().name()));
    }
}
