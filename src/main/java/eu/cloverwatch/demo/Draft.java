package eu.cloverwatch.demo;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Rule;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** An access, and what must be said of it: known from how it was made, not from judging it. */
record Draft(Access access, Outcome outcome, Set<Rule> rules) {

    static Draft inRegion(Access access) {
        return new Draft(access, Outcome.IN_REGION, Set.of());
    }

    static Draft outOfScope(Access access) {
        return new Draft(access, Outcome.OUT_OF_SCOPE, Set.of());
    }

    static Draft exempt(Access access) {
        return new Draft(access, Outcome.EXEMPT, Set.of());
    }

    static Draft approved(Access access) {
        return new Draft(access, Outcome.GATEWAY_APPROVED, Set.of());
    }

    /** A violation if one of the rules decides, else undecidable. */
    static Draft breaking(Access access, Rule... rules) {
        Set<Rule> broken = EnumSet.noneOf(Rule.class);
        broken.addAll(Arrays.asList(rules));
        boolean undecidable = broken.stream().allMatch(Rule::undecidable);
        return new Draft(
                access, undecidable ? Outcome.UNDECIDABLE : Outcome.VIOLATION, Collections.unmodifiableSet(broken));
    }

    /** The same access before there was any policy. */
    Draft withoutPolicy() {
        return breaking(access, Rule.POLICY_ABSENT);
    }
}
