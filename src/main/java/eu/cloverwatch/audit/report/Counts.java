package eu.cloverwatch.audit.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How often each key occurred. */
final class Counts {

    private static final Comparator<Count> RANK =
            Comparator.comparingLong(Count::count).reversed().thenComparing(Count::key);

    private final TreeMap<String, Long> counts = new TreeMap<>();

    /** A key and how often it occurred. */
    record Count(String key, long count) {}

    void add(String key) {
        counts.merge(key, 1L, Long::sum);
    }

    SortedMap<String, Long> byKey() {
        return counts;
    }

    /** Most frequent first; those equally frequent by key. */
    List<Count> ranked() {
        return ranked(counts);
    }

    static List<Count> ranked(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> new Count(entry.getKey(), entry.getValue()))
                .sorted(RANK)
                .toList();
    }
}
