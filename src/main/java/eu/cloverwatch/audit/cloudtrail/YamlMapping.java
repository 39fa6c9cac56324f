package eu.cloverwatch.audit.cloudtrail;

import eu.cloverwatch.model.Countries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML mapping of which all keys are known. Each getter throws {@link UnusableInputException} with file and line. */
final class YamlMapping {

    private final String file;
    private final Node mapping;
    private final Map<String, Node> values = new LinkedHashMap<>();

    YamlMapping(String file, Node node, String... keys) {
        this.file = file;
        this.mapping = node;
        if (!(node instanceof MappingNode entries) || entries.getValue().isEmpty()) {
            throw error(node, "expected a mapping with keys of " + String.join(", ", keys));
        }
        for (NodeTuple entry : entries.getValue()) {
            String key = scalar(entry.getKeyNode(), Tag.STR, "a key");
            if (!List.of(keys).contains(key)) {
                throw error(entry.getKeyNode(), "unknown key " + key + "; known are " + String.join(", ", keys));
            }
            if (values.put(key, entry.getValueNode()) != null) {
                throw error(entry.getKeyNode(), key + " is given twice");
            }
        }
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Node node(String key) {
        Node node = values.get(key);
        if (node == null) {
            throw error(mapping, "expected the key " + key);
        }
        return node;
    }

    /** Not empty. */
    String text(String key) {
        return text(node(key), key);
    }

    /** The items of a list, at least one. */
    List<Node> list(String key) {
        if (!(node(key) instanceof SequenceNode list) || list.getValue().isEmpty()) {
            throw error(node(key), key + ": expected a list with at least one item");
        }
        return list.getValue();
    }

    /** A list of texts, at least one; a single text is a list of one. */
    List<String> texts(String key) {
        return node(key) instanceof ScalarNode
                ? List.of(text(key))
                : list(key).stream().map(item -> text(item, key)).toList();
    }

    String country(String key) {
        String code = text(key);
        if (!Countries.isCountry(code)) {
            throw error(node(key), key + ": expected an ISO 3166-1 alpha-2 country code in capitals");
        }
        return code;
    }

    boolean flag(String key) {
        return Boolean.parseBoolean(scalar(node(key), Tag.BOOL, key + ": expected true or false"));
    }

    long positive(String key) {
        String expected = key + ": expected a whole number from 1";
        try {
            long number = Long.parseLong(scalar(node(key), Tag.INT, expected));
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, as for a number that is too small
        }
        throw error(node(key), expected);
    }

    <E extends Enum<E>> E oneOf(String key, List<E> values) {
        String text = text(key);
        return values.stream()
                .filter(value -> value.name().equals(text))
                .findFirst()
                .orElseThrow(() -> error(node(key), key + ": expected one of " + values));
    }

    private String text(Node node, String key) {
        String expected = key + ": expected a text that is not empty";
        String text = scalar(node, Tag.STR, expected);
        if (text.isBlank()) {
            throw error(node, expected);
        }
        return text;
    }

    private String scalar(Node node, Tag tag, String expected) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(tag)) {
            return scalar.getValue();
        }
        throw error(node, expected);
    }

    private UnusableInputException error(Node node, String message) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        return new UnusableInputException(file + ":" + line + ": " + message);
    }
}
