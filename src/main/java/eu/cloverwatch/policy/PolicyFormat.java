package eu.cloverwatch.policy;

import eu.cloverwatch.model.Countries;
import eu.cloverwatch.model.Protection;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.model.Severity;
import eu.cloverwatch.policy.Fields.Key;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The keys of a policy document and what each may hold. */
final class PolicyFormat {

    private static final List<String> PROTECTIONS = Arrays.stream(Protection.values())
            .filter(protection -> protection != Protection.UNKNOWN)
            .map(Enum::name)
            .toList();
    private static final List<String> SEVERITIES =
            Arrays.stream(Severity.values()).map(Enum::name).toList();

    static final Key<String> POLICY_ID = Key.required("policy_id", YamlNodes::text);
    static final Key<Instant> EFFECTIVE_FROM = Key.required("effective_from", YamlNodes::time);
    static final Key<Optional<Instant>> RECORDED_AT = Key.optional("recorded_at", YamlNodes::time);
    private static final Key<Set<String>> PROTECTED_RESIDENTS =
            Key.required("protected_residents", PolicyFormat::countries);
    private static final Key<Set<String>> REGION = Key.required("region", PolicyFormat::countries);
    private static final Key<Map<String, Site>> SITES = Key.required("sites", SiteFormat::sites);
    private static final Key<Set<String>> RESTRICTED_CATEGORIES =
            Key.required("restricted_categories", PolicyFormat::categories);
    private static final Key<List<Policy.ExemptRow>> EXEMPT =
            Key.optional("exempt", node -> YamlNodes.listOrEmpty(node, PolicyFormat::exemptRow), List.of());
    private static final Key<List<Function<Set<String>, Policy.DeniedRow>>> DENIED =
            Key.optional("denied", node -> YamlNodes.listOrEmpty(node, PolicyFormat::deniedRow), List.of());
    private static final Key<Set<String>> CONSENT_REQUIRED_FOR = Key.optional(
            "consent_required_for", node -> YamlNodes.distinct(YamlNodes.listOrEmpty(node, YamlNodes::text)), Set.of());
    private static final Key<Boolean> MINORS = Key.optional("minors", PolicyFormat::minorsEgressAllowed, false);
    private static final Key<Map<Rule, Severity>> SEVERITY =
            Key.optional("severity", PolicyFormat::severities, Map.of());

    private static final Key<List<Function<Set<String>, NeverRow>>> NEVER =
            Key.optional("never", node -> YamlNodes.list(node, NeverFormat::row), List.of());

    private static final Key<Set<Protection>> PROTECTION =
            Key.required("protection", node -> YamlNodes.set(node, PolicyFormat::protection));
    private static final Key<Selection> EXEMPT_CATEGORIES =
            Key.optional("categories", node -> new Selection(categories(node)), Selection.ANY);
    private static final Key<Selection> DESTINATIONS = Key.required("destinations", PolicyFormat::destinations);
    private static final Key<Optional<Selection>> DENIED_CATEGORIES =
            Key.required("categories", PolicyFormat::categoriesOrRestricted);
    private static final Key<String> EGRESS =
            Key.required("egress", node -> YamlNodes.oneOf("egress", List.of("deny", "allow"), node));
    private static final Map<Rule, Key<Optional<Severity>>> RULES = rules();

    private PolicyFormat() {}

    static Fields fields(Node document) {
        return Fields.of(
                document,
                POLICY_ID,
                EFFECTIVE_FROM,
                RECORDED_AT,
                PROTECTED_RESIDENTS,
                REGION,
                SITES,
                RESTRICTED_CATEGORIES,
                EXEMPT,
                DENIED,
                CONSENT_REQUIRED_FOR,
                MINORS,
                SEVERITY,
                NEVER);
    }

    /** @param before how many lines of the text go before the document */
    static Policy.Terms terms(Fields fields, int before) {
        Set<String> restricted = fields.get(RESTRICTED_CATEGORIES);
        return new Policy.Terms(
                fields.get(PROTECTED_RESIDENTS),
                fields.get(REGION),
                fields.get(SITES),
                restricted,
                fields.get(EXEMPT),
                fields.get(DENIED).stream().map(row -> row.apply(restricted)).toList(),
                fields.get(CONSENT_REQUIRED_FOR),
                fields.get(MINORS),
                fields.get(SEVERITY),
                fields.get(NEVER).stream()
                        .map(row -> row.apply(restricted).below(before))
                        .toList());
    }

    static String country(Node node) {
        String code = YamlNodes.text(node);
        if (!Countries.isCountry(code)) {
            throw YamlNodes.error(
                    node,
                    "unknown country '%s'; expected an ISO 3166-1 alpha-2 code in capitals"
                            .formatted(YamlNodes.shown(code)));
        }
        return code;
    }

    static Set<String> countries(Node node) {
        return YamlNodes.set(node, PolicyFormat::country);
    }

    private static Set<String> categories(Node node) {
        return YamlNodes.set(node, PolicyFormat::category);
    }

    /** Categories are an open set, so the words that stand for several would pass as a category that no event has. */
    private static String category(Node node) {
        String category = YamlNodes.text(node);
        if (category.equals("any") || category.equals("restricted")) {
            throw YamlNodes.error(node, "'%s' is not a category; it stands alone, not in a list".formatted(category));
        }
        return category;
    }

    static Protection protection(Node node) {
        return Protection.valueOf(YamlNodes.oneOf("protection", PROTECTIONS, node));
    }

    private static Policy.ExemptRow exemptRow(Node node) {
        Fields fields = Fields.of(node, PROTECTION, EXEMPT_CATEGORIES);
        return new Policy.ExemptRow(fields.get(PROTECTION), fields.get(EXEMPT_CATEGORIES));
    }

    /** The row, once it is known which categories are restricted: they may stand further down. */
    private static Function<Set<String>, Policy.DeniedRow> deniedRow(Node node) {
        Fields fields = Fields.of(node, DESTINATIONS, DENIED_CATEGORIES);
        return restricted -> new Policy.DeniedRow(
                fields.get(DESTINATIONS), fields.get(DENIED_CATEGORIES).orElseGet(() -> new Selection(restricted)));
    }

    static Selection destinations(Node node) {
        if (node instanceof ScalarNode) {
            word(node, "a list of countries", "any");
            return Selection.ANY;
        }
        return new Selection(countries(node));
    }

    /** Empty: the restricted ones. */
    static Optional<Selection> categoriesOrRestricted(Node node) {
        if (node instanceof ScalarNode) {
            String word = word(node, "a list of categories", "restricted", "any");
            return word.equals("any") ? Optional.of(Selection.ANY) : Optional.empty();
        }
        return Optional.of(new Selection(categories(node)));
    }

    private static boolean minorsEgressAllowed(Node node) {
        return Fields.of(node, EGRESS).get(EGRESS).equals("allow");
    }

    private static Map<Rule, Severity> severities(Node node) {
        Fields fields = Fields.of("rule", node, RULES.values());
        Map<Rule, Severity> severities = new EnumMap<>(Rule.class);
        RULES.forEach((rule, key) -> fields.get(key).ifPresent(severity -> severities.put(rule, severity)));
        return Collections.unmodifiableMap(severities);
    }

    private static Map<Rule, Key<Optional<Severity>>> rules() {
        Map<Rule, Key<Optional<Severity>>> keys = new EnumMap<>(Rule.class);
        for (Rule rule : Rule.values()) {
            keys.put(rule, Key.optional(rule.name(), PolicyFormat::severity));
        }
        return keys;
    }

    private static Severity severity(Node node) {
        return Severity.valueOf(YamlNodes.oneOf("severity", SEVERITIES, node));
    }

    /** One of the words that stand where else the list is. */
    private static String word(Node node, String list, String... words) {
        String text = YamlNodes.text(node);
        if (!List.of(words).contains(text)) {
            throw YamlNodes.error(
                    node,
                    "expected '%s' or %s, but found '%s'"
                            .formatted(String.join("', '", words), list, YamlNodes.shown(text)));
        }
        return text;
    }
}
