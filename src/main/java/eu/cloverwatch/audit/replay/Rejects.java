package eu.cloverwatch.audit.replay;

import eu.cloverwatch.audit.replay.Replayed.Rejected;
import eu.cloverwatch.model.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The records of one partition, or bucket, that are not valid: the first of them, and by reason how many there are. A topic of
 * nothing but garbage does not fill the memory. Not safe for use by several threads.
 */
final class Rejects {

    static final int MAX_LISTED = 10_000;
    static final int MAX_REASONS = 1_000;

    /** Stands for those of which there are too many. */
    static final String OTHER_REASONS = "other reasons";

    private final List<Rejected> listed = new ArrayList<>();
    private final Map<String, Long> reasons = new HashMap<>();

    void add(Origin origin, String reason) {
        boolean counted = reasons.containsKey(reason) || reasons.size() < MAX_REASONS;
        reasons.merge(counted ? reason : OTHER_REASONS, 1L, Long::sum);
        if (listed.size() < MAX_LISTED) {
            listed.add(new Rejected(origin, reason));
        }
    }

    List<Rejected> listed() {
        return listed;
    }

    /** Number of all by reason. */
    static Map<String, Long> reasons(Stream<Rejects> rejects) {
        Map<String, Long> sum = new TreeMap<>();
        rejects.forEach(some -> some.reasons.forEach((reason, count) -> sum.merge(reason, count, Long::sum)));
        return sum;
    }
}
