package eu.cloverwatch.audit.cloudtrail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The policy of an imported scenario: a given document, kept with its comments, and a site for each AWS region seen. */
final class ScenarioPolicy {

    private static final String DEFAULT = "/policies/default.yaml";

    private ScenarioPolicy() {}

    /** The policy document that comes with the program. */
    static String defaultDocument() throws IOException {
        try (InputStream in = ScenarioPolicy.class.getResourceAsStream(DEFAULT)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + DEFAULT);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Adds rows below {@code sites:}. A region whose country is not known, or that is a site already, gets none.
     *
     * @param document a policy whose {@code sites} are a list in block style
     */
    static String withRegions(String document, SortedSet<String> regions) {
        NodeTuple sites = sites(document);
        if (!(sites.getValueNode() instanceof SequenceNode list) || list.getFlowStyle() != FlowStyle.BLOCK) {
            throw new IllegalArgumentException("expected a policy with its sites as a list of lines");
        }
        String indent = " ".repeat(list.getStartMark().orElseThrow().getColumn());
        List<String> present =
                list.getValue().stream().flatMap(ScenarioPolicy::id).toList();
        List<String> rows = regions.stream()
                .filter(region -> !present.contains(Regions.siteOf(region)))
                .flatMap(region -> row(region).stream())
                .map(row -> indent + row)
                .toList();
        if (rows.isEmpty()) {
            return document;
        }
        int afterKey = sites.getKeyNode().getEndMark().orElseThrow().getLine() + 1;
        List<String> lines = document.lines().toList();
        return Stream.of(
                        lines.subList(0, afterKey).stream(),
                        Stream.of(indent
                                + "# The AWS regions of the imported records; none is an enclave unless you say so."),
                        rows.stream(),
                        lines.subList(afterKey, lines.size()).stream())
                .flatMap(part -> part)
                .reduce("", (text, line) -> text + line + "\n");
    }

    private static Optional<String> row(String region) {
        return Regions.countryOf(region)
                .map(country -> "- {id: \"" + Regions.siteOf(region) + "\", country: " + country + "}");
    }

    private static NodeTuple sites(String document) {
        Node root = new Compose(LoadSettings.builder().build())
                .composeString(document)
                .orElseThrow(() -> new IllegalArgumentException("expected a policy, not nothing"));
        return entries(root)
                .filter(entry -> isKey(entry, "sites"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected a policy with sites"));
    }

    private static Stream<String> id(Node site) {
        return entries(site)
                .filter(entry -> isKey(entry, "id"))
                .map(NodeTuple::getValueNode)
                .filter(ScalarNode.class::isInstance)
                .map(value -> ((ScalarNode) value).getValue());
    }

    private static Stream<NodeTuple> entries(Node node) {
        return node instanceof MappingNode mapping ? mapping.getValue().stream() : Stream.of();
    }

    private static boolean isKey(NodeTuple entry, String key) {
        return entry.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key);
    }
}
