package eu.cloverwatch.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** The values of a mapping whose keys are known beforehand. All problems of one mapping are thrown together. */
final class Fields {

    /**
     * A key that may be there.
     *
     * @param ifMissing empty: the key is required
     */
    record Key<T>(String name, Function<Node, T> reader, Optional<T> ifMissing) {

        static <T> Key<T> required(String name, Function<Node, T> reader) {
            return new Key<>(name, reader, Optional.empty());
        }

        static <T> Key<T> optional(String name, Function<Node, T> reader, T ifMissing) {
            return new Key<>(name, reader, Optional.of(ifMissing));
        }

        static <T> Key<Optional<T>> optional(String name, Function<Node, T> reader) {
            return optional(name, reader.andThen(Optional::of), Optional.empty());
        }
    }

    private final String kind;
    private final Collection<? extends Key<?>> keys;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, Object> values = new HashMap<>();
    private final List<PolicyException.Problem> problems = new ArrayList<>();

    private Fields(String kind, Collection<? extends Key<?>> keys) {
        this.kind = kind;
        this.keys = keys;
    }

    /** @throws PolicyException if a key is unknown, there twice, missing or without value, or a value is wrong */
    static Fields of(Node node, Key<?>... keys) {
        return of("key", node, Arrays.asList(keys));
    }

    /** @param kind what the keys are, for messages */
    static Fields of(String kind, Node node, Collection<? extends Key<?>> keys) {
        MappingNode mapping = YamlNodes.mapping(node);
        Fields fields = new Fields(kind, keys);
        for (NodeTuple tuple : mapping.getValue()) {
            try {
                fields.read(tuple);
            } catch (PolicyException e) {
                fields.problems.addAll(e.problems());
            }
        }
        fields.addMissing(YamlNodes.line(node));
        if (!fields.problems.isEmpty()) {
            throw new PolicyException(fields.problems);
        }
        return fields;
    }

    private void read(NodeTuple tuple) {
        Node keyNode = tuple.getKeyNode();
        String name = YamlNodes.text(keyNode);
        Key<?> key = known(name, keyNode);
        Integer first = lines.putIfAbsent(name, YamlNodes.line(keyNode));
        if (first != null) {
            throw YamlNodes.error(keyNode, "%s '%s' is there twice, first in line %d".formatted(kind, name, first));
        }
        if (YamlNodes.isNull(tuple.getValueNode())) {
            throw YamlNodes.error(keyNode, "%s '%s' has no value".formatted(kind, name));
        }
        values.put(name, key.reader().apply(tuple.getValueNode()));
    }

    private Key<?> known(String name, Node keyNode) {
        for (Key<?> key : keys) {
            if (key.name().equals(name)) {
                return key;
            }
        }
        List<String> names = keys.stream().map(Key::name).toList();
        throw YamlNodes.error(keyNode, YamlNodes.unknown(kind, name, names));
    }

    private void addMissing(int line) {
        for (Key<?> key : keys) {
            if (key.ifMissing().isEmpty() && !lines.containsKey(key.name())) {
                problems.add(new PolicyException.Problem(line, "%s '%s' is missing".formatted(kind, key.name())));
            }
        }
    }

    /** The value, else what the key has for when it is missing. */
    @SuppressWarnings("unchecked") // read() put what the reader of this very key gave
    <T> T get(Key<T> key) {
        Object value = values.get(key.name());
        return value == null ? key.ifMissing().orElseThrow() : (T) value;
    }
}
