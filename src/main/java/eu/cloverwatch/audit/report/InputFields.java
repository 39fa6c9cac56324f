package eu.cloverwatch.audit.report;

import eu.cloverwatch.audit.replay.Replayed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was read, and by which policies it was judged, as {@code summary.json} has it. */
final class InputFields {

    private static final Instant YEAR_ONE = Instant.parse("0001-01-01T00:00:00Z");

    private InputFields() {}

    static Map<String, Object> of(Replayed replayed) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("events", inputs(replayed.events()));
        fields.put("facts", inputs(replayed.facts()));
        return fields;
    }

    private static List<Map<String, Object>> inputs(List<Replayed.Input> inputs) {
        List<Map<String, Object>> fields = new ArrayList<>();
        for (Replayed.Input input : inputs) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("topic", input.topic());
            entry.put("partition", input.partition());
            entry.put("first_offset", input.firstOffset());
            entry.put("last_offset", input.lastOffset());
            entry.put("records", input.records());
            entry.put("root", input.root());
            fields.add(entry);
        }
        return fields;
    }

    static List<Map<String, @Nullable Object>> policies(List<Replayed.PolicyInForce> policies) {
        List<Map<String, @Nullable Object>> fields = new ArrayList<>();
        for (Replayed.PolicyInForce policy : policies) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("policy_id", policy.policyId());
            entry.put("sha256", policy.sha256());
            entry.put("from", isBeginning(policy.from()) ? null : policy.from());
            entry.put("events", policy.events());
            fields.add(entry);
        }
        return fields;
    }

    /** Whether a policy holds from the beginning of time, as one that is given for a backtest does. */
    static boolean isBeginning(Instant from) {
        return from.isBefore(YEAR_ONE);
    }
}
