package eu.cloverwatch.audit;

import eu.cloverwatch.wire.FinalVerdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Compares verdicts with what was expected. */
public final class Differences {

    private Differences() {}

    /** A line for each verdict that is missing, extra or different, by event id; empty if all agree. */
    public static List<String> between(List<FinalVerdict> expected, List<FinalVerdict> found) {
        Map<String, FinalVerdict> expectedById = byId(expected);
        Map<String, FinalVerdict> foundById = byId(found);
        TreeSet<String> ids = new TreeSet<>(expectedById.keySet());
        ids.addAll(foundById.keySet());
        List<String> differences = new ArrayList<>();
        for (String id : ids) {
            FinalVerdict e = expectedById.get(id);
            FinalVerdict f = foundById.get(id);
            if (f == null) {
                differences.add("missing: expected " + (e == null ? id : e.toJson()));
            } else if (e == null) {
                differences.add("extra: found " + f.toJson());
            } else if (!e.equals(f)) {
                differences.add("different: expected " + e.toJson() + ", found " + f.toJson());
            }
        }
        return differences;
    }

    private static Map<String, FinalVerdict> byId(List<FinalVerdict> verdicts) {
        Map<String, FinalVerdict> byId = new LinkedHashMap<>();
        verdicts.forEach(verdict -> byId.put(verdict.eventId(), verdict));
        return byId;
    }
}
