package eu.cloverwatch.demo;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.model.Severity;
import eu.cloverwatch.model.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the generator knows that must be found in an event.
 *
 * @param rules all of them and no other, by id, sorted
 */
public record Planted(Set<String> rules, Verdict verdict, Severity severity) {

    static Planted of(Draft draft, Instant at) {
        Severity highest = draft.rules().stream()
                .map(rule -> severity(rule, draft.access(), at))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Verdict verdict = draft.outcome() == Outcome.VIOLATION ? Verdict.VIOLATION : Verdict.UNDECIDABLE;
        Set<String> names = draft.rules().stream().map(Rule::name).collect(Collectors.toCollection(TreeSet::new));
        return new Planted(names, verdict, highest);
    }

    private static Severity severity(Rule rule, Access access, Instant at) {
        if (rule == Rule.POLICY_ABSENT) {
            return Severity.MEDIUM;
        }
        int steps = access.isRestrictedInTheClear() ? 1 : 0;
        if (access.isMinor() && rule != Rule.MINOR_DATA_EGRESS) {
            steps++;
        }
        return base(rule, at).up(steps);
    }

    private static Severity base(Rule rule, Instant at) {
        boolean graver = rule == Rule.GATEWAY_SCOPE_EXCEEDED && !at.isBefore(Policies.SECOND_IN_FORCE);
        return graver ? Severity.HIGH : rule.base();
    }
}
