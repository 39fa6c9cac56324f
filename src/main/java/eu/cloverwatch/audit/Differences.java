package eu.cloverwatch.audit;

import eu.cloverwatch.wire.FinalVerdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Compares verdicts with what was expected. */
public final class Differences {

    private Differences() {}

    /**
     * A line for each verdict that is missing, extra or different, by event id; empty if all agree. An id may have several
     * verdicts, of different subjects: each counts.
     */
    public static List<String> between(List<FinalVerdict> expected, List<FinalVerdict> found) {
        Map<String, List<FinalVerdict>> missing = byId(expected);
        Map<String, List<FinalVerdict>> extra = byId(found);
        expected.forEach(verdict -> remove(verdict, extra));
        found.forEach(verdict -> remove(verdict, missing));
        TreeSet<String> ids = new TreeSet<>(missing.keySet());
        ids.addAll(extra.keySet());
        List<String> differences = new ArrayList<>();
        for (String id : ids) {
            describe(missing.getOrDefault(id, List.of()), extra.getOrDefault(id, List.of()), differences);
        }
        return differences;
    }

    private static void describe(List<FinalVerdict> missing, List<FinalVerdict> extra, List<String> differences) {
        int both = Math.min(missing.size(), extra.size());
        for (int i = 0; i < both; i++) {
            differences.add("different: expected " + missing.get(i).toJson() + ", found "
                    + extra.get(i).toJson());
        }
        missing.stream().skip(both).forEach(verdict -> differences.add("missing: expected " + verdict.toJson()));
        extra.stream().skip(both).forEach(verdict -> differences.add("extra: found " + verdict.toJson()));
    }

    /** Removes one that is equal, if there is one. */
    private static void remove(FinalVerdict verdict, Map<String, List<FinalVerdict>> from) {
        from.getOrDefault(verdict.eventId(), new ArrayList<>()).remove(verdict);
    }

    private static Map<String, List<FinalVerdict>> byId(List<FinalVerdict> verdicts) {
        Map<String, List<FinalVerdict>> byId = new HashMap<>();
        verdicts.forEach(verdict ->
                byId.computeIfAbsent(verdict.eventId(), id -> new ArrayList<>()).add(verdict));
        return byId;
    }
}
