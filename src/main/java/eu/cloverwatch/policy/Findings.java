package eu.cloverwatch.policy;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.Finding;
import eu.cloverwatch.model.Protection;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.model.Severity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Collects what is found in one event: one finding of each rule, with its severity. */
final class Findings {

    private final Policy policy;
    private final AccessEvent event;
    /** In the order of rules. Most events have none, and make no map. */
    private Map<Rule, Texts> found = Map.of();

    private record Texts(Set<String> messages, Set<String> remedies) {}

    Findings(Policy policy, AccessEvent event) {
        this.policy = policy;
        this.event = event;
    }

    /** Adds a finding, or to the finding of this rule. */
    void add(Rule rule, String message, String remedy) {
        if (found.isEmpty()) {
            found = new TreeMap<>();
        }
        Texts texts = found.computeIfAbsent(rule, r -> new Texts(new LinkedHashSet<>(), new LinkedHashSet<>()));
        texts.messages().add(message);
        texts.remedies().add(remedy);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Whether a rule was not kept, beyond what could not be checked. */
    boolean anyDecided() {
        return found.keySet().stream().anyMatch(rule -> !rule.undecidable());
    }

    /** In no order. */
    List<Finding> of(boolean minor) {
        return found.entrySet().stream()
                .map(entry -> new Finding(
                        entry.getKey(),
                        severity(entry.getKey(), minor),
                        String.join("; ", entry.getValue().messages()),
                        String.join("; ", entry.getValue().remedies())))
                .toList();
    }

    /** The rule's base; a step up for restricted data in the clear, one for a minor's unless the rule is about minors. */
    private Severity severity(Rule rule, boolean minor) {
        boolean inTheClear = event.protection() == Protection.RAW || event.protection() == Protection.UNKNOWN;
        int steps = policy.isRestricted(event.categories()) && inTheClear ? 1 : 0;
        if (minor && rule != Rule.MINOR_DATA_EGRESS) {
            steps++;
        }
        return policy.base(rule).up(steps);
    }
}
