package eu.cloverwatch.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.cloverwatch.model.Finding;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.policy.Policy;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.policy.compare.EventClass;
import eu.cloverwatch.policy.compare.PolicyComparison;
import eu.cloverwatch.policy.compare.RuleChange;
import eu.cloverwatch.policy.compare.Situation;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What two policies judge differently, for people and for programs. */
final class PolicyDifferences {

    private final PolicyDocument before;
    private final PolicyDocument after;
    private final PolicyComparison comparison;

    PolicyDifferences(PolicyDocument before, PolicyDocument after, PolicyComparison comparison) {
        this.before = before;
        this.after = after;
        this.comparison = comparison;
    }

    /** @param all also the classes in which what is said before only comes with other findings */
    void print(PrintWriter out, boolean all) {
        out.println("A: " + named(before));
        out.println("B: " + named(after));
        if (comparison.isSame()) {
            out.println("They judge all " + PolicyFile.count(comparison.situations()) + " situations alike.");
            return;
        }
        out.println("Of " + PolicyFile.count(comparison.situations()) + " situations they judge "
                + PolicyFile.count(comparison.different()) + " differently.");
        Set<RuleChange> said = new HashSet<>();
        List<EventClass> classes = comparison.classes();
        int left = 0;
        for (int i = 0; i < classes.size(); i++) {
            EventClass events = classes.get(i);
            if (all || isNews(events, said)) {
                print(out, i + 1, events);
            } else {
                left++;
            }
            if (events.before() == events.after() || isCompliant(events.before()) != isCompliant(events.after())) {
                said.addAll(events.rules());
            }
        }
        if (left > 0) {
            out.println();
            out.println(left + " more " + (left == 1 ? "class" : "classes")
                    + " in which the same changes come with other findings: --all lists them.");
        }
    }

    private static boolean isNews(EventClass events, Set<RuleChange> said) {
        return isCompliant(events.before()) || isCompliant(events.after()) || !said.containsAll(events.rules());
    }

    private static boolean isCompliant(Outcome outcome) {
        return outcome != Outcome.VIOLATION && outcome != Outcome.UNDECIDABLE;
    }

    private void print(PrintWriter out, int number, EventClass events) {
        out.println();
        out.println(number + ". " + outcomes(events) + rules(events) + " (" + PolicyFile.count(events.situations())
                + (events.situations() == 1 ? " situation)" : " situations)"));
        events.conditions()
                .forEach((dimension, values) ->
                        out.println("   %-10s %s".formatted(dimension, String.join(" | ", values))));
        out.println("   %-10s %s".formatted("example", events.example()));
        out.println("   %-10s A: %s".formatted("", shown(events.example().judgedBy(before.policy()))));
        out.println("   %-10s B: %s".formatted("", shown(events.example().judgedBy(after.policy()))));
    }

    private static String outcomes(EventClass events) {
        return events.before() == events.after()
                ? events.before() + " by both"
                : events.before() + " -> " + events.after();
    }

    private static String rules(EventClass events) {
        if (events.rules().isEmpty()) {
            return "";
        }
        return events.rules().stream()
                .collect(Collectors.groupingBy(
                        RuleChange::kind,
                        TreeMap::new,
                        Collectors.mapping(change -> change.rule().name(), Collectors.joining(", "))))
                .entrySet()
                .stream()
                .map(entry -> words(entry.getKey()) + " " + entry.getValue())
                .collect(Collectors.joining("; ", "; ", ""));
    }

    private static String words(RuleChange.Kind kind) {
        return switch (kind) {
            case NO_LONGER_FOUND -> "no longer";
            case NEWLY_FOUND -> "newly";
            case GRAVER -> "graver";
            case MILDER -> "milder";
        };
    }

    private static String shown(Judgement judgement) {
        return judgement.outcome()
                + judgement.findings().stream()
                        .map(finding -> finding.rule() + " " + finding.severity())
                        .collect(Collectors.collectingAndThen(
                                Collectors.joining(", "), text -> text.isEmpty() ? "" : ": " + text));
    }

    private static String named(PolicyDocument document) {
        Policy policy = document.policy();
        return policy.policyId() + " effective from " + policy.effectiveFrom() + ", sha256 " + policy.sha256();
    }

    /** One object, on several lines. */
    String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("a", policy(before));
        json.set("b", policy(after));
        json.put("same", comparison.isSame());
        json.put("situations", comparison.situations());
        json.put("different", comparison.different());
        ArrayNode classes = json.putArray("classes");
        comparison.classes().forEach(events -> classes.add(toJson(events)));
        return json.toPrettyString();
    }

    private static ObjectNode policy(PolicyDocument document) {
        Policy policy = document.policy();
        return JsonNodeFactory.instance
                .objectNode()
                .put("policy_id", policy.policyId())
                .put("effective_from", policy.effectiveFrom().toString())
                .put("sha256", policy.sha256());
    }

    private ObjectNode toJson(EventClass events) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("a", events.before().name());
        json.put("b", events.after().name());
        ArrayNode rules = json.putArray("rules");
        events.rules()
                .forEach(change -> rules.addObject()
                        .put("rule", change.rule().name())
                        .put("change", change.kind().name().toLowerCase(Locale.ROOT)));
        ObjectNode conditions = json.putObject("conditions");
        events.conditions().forEach((dimension, values) -> values.forEach(conditions.withArray(dimension)::add));
        json.put("situations", events.situations());
        json.set("example", toJson(events.example()));
        return json;
    }

    private ObjectNode toJson(Situation situation) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("event", SituationJson.event(situation.event()));
        put(json, "employee_location", situation.location(), SituationJson::location);
        put(json, "consent", situation.consent(), SituationJson::consent);
        put(json, "gateway", situation.gateway(), SituationJson::gateway);
        json.set("a", toJson(situation.judgedBy(before.policy())));
        json.set("b", toJson(situation.judgedBy(after.policy())));
        return json;
    }

    /** What is absent is left out. */
    private static <T> void put(ObjectNode json, String name, Lookup<T> lookup, Function<T, ObjectNode> writer) {
        if (lookup instanceof Lookup.Known<T> known) {
            json.set(name, writer.apply(known.value()));
        } else if (lookup instanceof Lookup.BeyondHistory) {
            json.put(name, "no longer kept");
        }
    }

    private static ObjectNode toJson(Judgement judgement) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("outcome", judgement.outcome().name());
        ArrayNode findings = json.putArray("findings");
        for (Finding finding : judgement.findings()) {
            findings.addObject()
                    .put("rule", finding.rule().name())
                    .put("severity", finding.severity().name());
        }
        return json;
    }
}
