package eu.cloverwatch.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A place in a YAML document; asking for what is not there fails with the path. */
record YamlNode(String path, Object value) {

    static YamlNode parse(String yaml) {
        return new YamlNode("", new Load(settings()).loadFromString(yaml));
    }

    /** The documents of a stream that are not empty. */
    static List<YamlNode> parseAll(String yaml) {
        List<YamlNode> documents = new ArrayList<>();
        for (Object document : new Load(settings()).loadAllFromString(yaml)) {
            if (document != null) {
                documents.add(new YamlNode("", document));
            }
        }
        return documents;
    }

    /** Goes down by keys (strings) and indices (integers). */
    YamlNode at(Object... keys) {
        YamlNode node = this;
        for (Object key : keys) {
            Object child = key instanceof Integer index
                    ? ((List<?>) node.value).get(index)
                    : ((Map<?, ?>) node.value).get(key);
            node = new YamlNode(node.path + "/" + key, child);
            if (child == null) {
                throw new AssertionError("nothing at " + node.path);
            }
        }
        return node;
    }

    boolean has(String key) {
        return value instanceof Map<?, ?> map && map.containsKey(key);
    }

    /** Children by key; empty for a key that is not there. */
    Map<String, YamlNode> entries(String key) {
        Map<String, YamlNode> entries = new TreeMap<>();
        if (has(key)) {
            ((Map<?, ?>) at(key).value).keySet().forEach(name -> entries.put((String) name, at(key, name)));
        }
        return entries;
    }

    /** Items by key; none for a key that is not there. */
    Stream<YamlNode> items(String key) {
        if (!has(key)) {
            return Stream.empty();
        }
        List<?> list = (List<?>) at(key).value;
        return Stream.iterate(0, i -> i < list.size(), i -> i + 1).map(i -> at(key, i));
    }

    /** A scalar as text. */
    String text() {
        if (value instanceof Map || value instanceof List) {
            throw new AssertionError("expected a scalar at " + path);
        }
        return value.toString();
    }

    private static LoadSettings settings() {
        return LoadSettings.builder().setAllowDuplicateKeys(false).build();
    }
}
