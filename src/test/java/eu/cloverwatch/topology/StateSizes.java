package eu.cloverwatch.topology;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;

/** What each store holds, by its changelog: the bytes that are kept on disk or in memory, and are restored. */
final class StateSizes {

    private final Map<String, Map<Bytes, Integer>> stores = new HashMap<>();

    /** @param bytes of keys and values */
    record Size(int entries, long bytes) {

        static final Size NOTHING = new Size(0, 0);

        Size max(Size other) {
            return new Size(Math.max(entries, other.entries), Math.max(bytes, other.bytes));
        }

        Size plus(Size other) {
            return new Size(entries + other.entries, bytes + other.bytes);
        }

        /** Bytes of an entry, on average. */
        double mean() {
            return (double) bytes / entries;
        }
    }

    /** Follows the stores to where they are now. */
    void follow(TopologyHarness flow) {
        flow.changelogs().forEach((store, records) -> {
            Map<Bytes, Integer> content = stores.computeIfAbsent(store, name -> new HashMap<>());
            records.forEach(record -> {
                if (record.value() == null) {
                    content.remove(Bytes.wrap(record.key()));
                } else {
                    content.put(Bytes.wrap(record.key()), record.key().length + record.value().length);
                }
            });
        });
    }

    Size of(String store) {
        Map<Bytes, Integer> content = stores.getOrDefault(store, Map.of());
        return new Size(
                content.size(),
                content.values().stream().mapToLong(Integer::longValue).sum());
    }

    /** Of the largest entry; 0 if there is none. */
    int largest(String store) {
        return stores.getOrDefault(store, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
    }

    /** Of every store that was ever written to. */
    Map<String, Size> all() {
        Map<String, Size> all = new TreeMap<>();
        stores.keySet().forEach(store -> all.put(store, of(store)));
        return all;
    }
}
