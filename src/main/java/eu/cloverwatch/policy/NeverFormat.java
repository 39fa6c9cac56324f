package eu.cloverwatch.policy;

import eu.cloverwatch.model.Protection;
import eu.cloverwatch.policy.Fields.Key;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;

/** The {@code never} rows of a policy document. */
final class NeverFormat {

    private static final String GATEWAY = "gateway";
    private static final String CONSENT = "consent";

    private static final Key<Selection> DESTINATIONS = Key.required("destinations", PolicyFormat::destinations);
    private static final Key<Optional<Selection>> CATEGORIES =
            Key.required("categories", PolicyFormat::categoriesOrRestricted);
    private static final Key<Set<Protection>> PROTECTION = Key.optional(
            "protection", node -> YamlNodes.set(node, PolicyFormat::protection), EnumSet.of(Protection.RAW));
    private static final Key<Optional<Set<String>>> RESIDENTS =
            Key.optional("residents", (Function<Node, Set<String>>) PolicyFormat::countries);
    private static final Key<Selection> PURPOSES =
            Key.optional("purposes", node -> new Selection(YamlNodes.set(node, YamlNodes::text)), Selection.ANY);
    private static final Key<String> MINORS =
            Key.optional("minors", node -> YamlNodes.oneOf("minors", List.of("only"), node), "");
    private static final Key<Set<String>> WITHOUT = Key.optional(
            "without",
            node -> YamlNodes.set(node, item -> YamlNodes.oneOf("without", List.of(GATEWAY, CONSENT), item)),
            Set.of());

    private NeverFormat() {}

    /** The row, once it is known which categories are restricted. */
    static Function<Set<String>, NeverRow> row(Node node) {
        Fields fields = Fields.of(node, DESTINATIONS, CATEGORIES, PROTECTION, RESIDENTS, PURPOSES, MINORS, WITHOUT);
        return restricted -> new NeverRow(
                YamlNodes.line(node),
                fields.get(DESTINATIONS),
                fields.get(CATEGORIES).orElseGet(() -> new Selection(restricted)),
                asJudged(fields.get(PROTECTION)),
                fields.get(RESIDENTS),
                fields.get(PURPOSES),
                !fields.get(MINORS).isEmpty(),
                fields.get(WITHOUT).contains(GATEWAY),
                fields.get(WITHOUT).contains(CONSENT));
    }

    private static Set<Protection> asJudged(Set<Protection> named) {
        EnumSet<Protection> protection = EnumSet.copyOf(named);
        if (protection.contains(Protection.RAW)) {
            protection.add(Protection.UNKNOWN);
        }
        return protection;
    }
}
