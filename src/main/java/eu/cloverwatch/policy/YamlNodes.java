package eu.cloverwatch.policy;

import eu.cloverwatch.model.Times;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads values from nodes; each throws {@link PolicyException} with the line if the node is something else. */
final class YamlNodes {

    /** The spellings of null in YAML 1.2: the JSON schema's, and the core schema's, which is what people know. */
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private YamlNodes() {}

    /** From 1. */
    static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    static PolicyException error(Node node, String message) {
        return new PolicyException(line(node), message);
    }

    /** Whether nothing is written there, or a null. */
    static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar && scalar.isPlain() && NULLS.contains(scalar.getValue());
    }

    /** Text that is not blank. A number or a truth value has many spellings, so as text it must be quoted. */
    static String text(Node node) {
        if (isNull(node) || !(node instanceof ScalarNode scalar)) {
            throw expected("text", node);
        }
        String text = scalar.getValue();
        if (!node.getTag().equals(Tag.STR)) {
            throw error(node, "expected text, but found %s; quote it: '%s'".formatted(kind(node), shown(text)));
        }
        if (text.isBlank()) {
            throw error(node, "expected text, but found only quotes");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw error(node, "expected Unicode text, not half a surrogate pair");
        }
        return text;
    }

    /** {@link Times#parse} of a text. */
    static Instant time(Node node) {
        String text = text(node);
        try {
            return Times.parse(text);
        } catch (IllegalArgumentException e) {
            throw error(node, "%s, but found '%s'".formatted(e.getMessage(), shown(text)));
        }
    }

    /** One of the known words, which are of the kind named in the message. */
    static String oneOf(String kind, Collection<String> known, Node node) {
        String text = text(node);
        if (!known.contains(text)) {
            throw error(node, unknown(kind, text, known));
        }
        return text;
    }

    static String unknown(String kind, String word, Collection<String> known) {
        return "unknown %s '%s'; ".formatted(kind, shown(word))
                + Spelling.closest(word, known)
                        .map("did you mean '%s'?"::formatted)
                        .orElseGet(() -> "expected " + String.join(", ", known));
    }

    /** The items of a list, each read; at least one. */
    static <T> List<T> list(Node node, Function<Node, T> item) {
        List<T> items = listOrEmpty(node, item);
        if (items.isEmpty()) {
            throw error(node, "expected a list with at least one item");
        }
        return items;
    }

    /** The items of a list, each read; what is wrong with several of them is thrown together. */
    static <T> List<T> listOrEmpty(Node node, Function<Node, T> item) {
        if (!(node instanceof SequenceNode sequence) || !node.getTag().equals(Tag.SEQ)) {
            throw expected("a list", node);
        }
        List<T> items = new ArrayList<>();
        List<PolicyException.Problem> problems = new ArrayList<>();
        for (Node value : sequence.getValue()) {
            try {
                items.add(item.apply(value));
            } catch (PolicyException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new PolicyException(problems);
        }
        return List.copyOf(items);
    }

    /** As {@link #list}, in the document's order; an item that is there twice counts once. */
    static <T> Set<T> set(Node node, Function<Node, T> item) {
        return distinct(list(node, item));
    }

    static <T> Set<T> distinct(List<T> items) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(items));
    }

    static MappingNode mapping(Node node) {
        if (!(node instanceof MappingNode mapping) || !node.getTag().equals(Tag.MAP)) {
            throw expected("keys with values", node);
        }
        return mapping;
    }

    /** The value of a key that is there. */
    static Node value(Node node, String key) {
        return mapping(node).getValue().stream()
                .filter(tuple -> text(tuple.getKeyNode()).equals(key))
                .findFirst()
                .orElseThrow()
                .getValueNode();
    }

    private static PolicyException expected(String what, Node node) {
        return error(node, "expected %s, but found %s".formatted(what, kind(node)));
    }

    private static String kind(Node node) {
        if (isNull(node)) {
            return "no value";
        }
        Tag tag = node.getTag();
        if (tag.equals(Tag.STR)) {
            return "text";
        } else if (tag.equals(Tag.SEQ)) {
            return "a list";
        } else if (tag.equals(Tag.MAP)) {
            return "keys with values";
        } else if (tag.equals(Tag.BOOL)) {
            return "true or false";
        }
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? "a number" : "a value of type " + shown(tag.getValue());
    }

    /** Short enough for a message, on one line. */
    static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= 60 ? line : line.substring(0, 60) + "...";
    }
}
