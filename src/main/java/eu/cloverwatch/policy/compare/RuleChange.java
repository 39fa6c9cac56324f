package eu.cloverwatch.policy.compare;

import eu.cloverwatch.model.Finding;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.model.Severity;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How the findings of one rule differ. */
public record RuleChange(Rule rule, Kind kind) implements Comparable<RuleChange> {

    private static final Comparator<RuleChange> ORDER =
            Comparator.<RuleChange, Kind>comparing(change -> change.kind).thenComparing(change -> change.rule);

    /** From the first policy to the second. */
    public enum Kind {
        NO_LONGER_FOUND,
        NEWLY_FOUND,
        GRAVER,
        MILDER
    }

    /** What the second judgement finds otherwise, by rule. */
    static SortedSet<RuleChange> between(Judgement before, Judgement after) {
        Map<Rule, Severity> first = severities(before);
        Map<Rule, Severity> second = severities(after);
        SortedSet<RuleChange> changes = new TreeSet<>();
        for (Rule rule : Rule.values()) {
            Kind kind = kind(first.get(rule), second.get(rule));
            if (kind != null) {
                changes.add(new RuleChange(rule, kind));
            }
        }
        return changes;
    }

    private static Map<Rule, Severity> severities(Judgement judgement) {
        Map<Rule, Severity> severities = new EnumMap<>(Rule.class);
        for (Finding finding : judgement.findings()) {
            severities.put(finding.rule(), finding.severity());
        }
        return severities;
    }

    private static @Nullable Kind kind(@Nullable Severity before, @Nullable Severity after) {
        if (before == after) {
            return null;
        } else if (before == null) {
            return Kind.NEWLY_FOUND;
        } else if (after == null) {
            return Kind.NO_LONGER_FOUND;
        }
        return after.compareTo(before) > 0 ? Kind.GRAVER : Kind.MILDER;
    }

    @Override
    public int compareTo(RuleChange other) {
        return ORDER.compare(this, other);
    }
}
