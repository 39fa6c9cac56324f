package eu.cloverwatch.audit.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import eu.cloverwatch.audit.replay.Change;
import eu.cloverwatch.audit.replay.ReplayRequest;
import eu.cloverwatch.audit.replay.Replayed;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.wire.PlainJson;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code summary.json}; docs/report.md says what each field is. No clock, machine or number of workers is in it: two replays of
 * the same records give the same bytes.
 */
final class SummaryJson {

    private static final int FORMAT = 1;

    /** Of rejected records and facts, how many are listed. */
    static final int REJECTED = 1_000;

    private SummaryJson() {}

    static void write(Replayed replayed, ReportContext context, Figures figures, Writer out) throws IOException {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter pretty = new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        pretty.indentObjectsWith(lines);
        pretty.indentArraysWith(lines);
        try (JsonGenerator json = PlainJson.generator(out).setPrettyPrinter(pretty)) {
            PlainJson.write(json, fields(replayed, context, figures));
            json.flush();
            out.write('\n');
        }
    }

    private static Map<String, Object> fields(Replayed replayed, ReportContext context, Figures figures) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", FORMAT);
        fields.put("version", context.version());
        fields.put("request", request(replayed.request()));
        fields.put("coverage", coverage(replayed, context));
        fields.put("outcomes", outcomes(replayed.outcomes()));
        fields.put("violations", TallyFields.of(figures.violations()));
        fields.put("undecidable", TallyFields.of(figures.undecidable()));
        fields.put("incidents", IncidentFields.of(figures.incidents(), context.incidentGap()));
        fields.put("rejected", rejected(replayed.rejected(), replayed.rejectedReasons()));
        fields.put("rejected_facts", rejected(replayed.rejectedFacts(), replayed.rejectedFactReasons()));
        fields.put("changes", changes(figures.changes()));
        fields.put("policies", InputFields.policies(replayed.policies()));
        fields.put("inputs", InputFields.of(replayed));
        return fields;
    }

    private static Map<String, @Nullable Object> request(ReplayRequest request) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("from", request.from());
        fields.put("to", request.to());
        fields.put("known_at", request.knownAt());
        fields.put("actor", request.actor());
        fields.put("rule", request.rule());
        List<Map<String, Object>> policies = new ArrayList<>();
        request.policies().forEach(document -> {
            Map<String, Object> policy = new LinkedHashMap<>();
            policy.put("policy_id", document.policy().policyId());
            policy.put("sha256", document.policy().sha256());
            policies.add(policy);
        });
        fields.put("policies", policies);
        return fields;
    }

    private static Map<String, Object> coverage(Replayed replayed, ReportContext context) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("complete", Coverage.of(replayed, context).complete());
        fields.put("range_open", context.rangeOpen());
        List<Object> losses = new ArrayList<>();
        for (Replayed.Loss loss : replayed.losses()) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("topic", loss.topic());
            entry.put("partition", loss.partition());
            entry.put("first_offset_left", loss.firstOffsetLeft());
            entry.put("kept_from", loss.keptFrom());
            losses.add(entry);
        }
        fields.put("losses", losses);
        fields.put("uncommitted", uncommitted(replayed.uncommitted()));
        return fields;
    }

    private static List<Map<String, Object>> uncommitted(List<Replayed.Uncommitted> uncommitted) {
        List<Map<String, Object>> fields = new ArrayList<>();
        for (Replayed.Uncommitted some : uncommitted) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("topic", some.topic());
            entry.put("partition", some.partition());
            entry.put("first_offset", some.from());
            entry.put("last_offset", some.to() - 1);
            fields.add(entry);
        }
        return fields;
    }

    /** All eight, in their order, whatever map they come in. */
    private static Map<Outcome, Long> outcomes(Map<Outcome, Long> outcomes) {
        Map<Outcome, Long> all = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            all.put(outcome, outcomes.getOrDefault(outcome, 0L));
        }
        return all;
    }

    private static Map<String, Object> rejected(List<Replayed.Rejected> rejected, Map<String, Long> reasons) {
        List<Map<String, Object>> listed = new ArrayList<>();
        rejected.stream().limit(REJECTED).forEach(one -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("record", one.origin().toString());
            entry.put("reason", one.reason());
            listed.add(entry);
        });
        long count = reasons.values().stream().mapToLong(Long::longValue).sum();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("count", count);
        fields.put("by_reason", new TreeMap<>(reasons));
        fields.put("not_listed", count - listed.size());
        fields.put("listed", listed);
        return fields;
    }

    private static Map<String, Object> changes(Map<Change.Kind, ChangeFigures> changes) {
        Map<String, Object> fields = new LinkedHashMap<>();
        changes.forEach((kind, figures) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("count", figures.total());
            entry.put("by_outcome", figures.outcomes().byKey());
            fields.put(kind.name(), entry);
        });
        return fields;
    }
}
