package eu.cloverwatch.audit.report;

import eu.cloverwatch.v1.Finding;
import eu.cloverwatch.v1.Violation;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code violations.csv} (RFC 4180, UTF-8): a row for each violation. Lists are joined by {@code "; "}. A text that a spreadsheet
 * would take for a formula has an apostrophe before it: service names and ids come from outside.
 */
final class ViolationTable {

    private static final String FORMULA_STARTS = "=+-@\t\r\n";

    private static final Map<String, Function<Violation, @Nullable Object>> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("event_id", Violation::getEventId);
        COLUMNS.put("violation_id", Violation::getViolationId);
        COLUMNS.put("verdict", Violation::getVerdict);
        COLUMNS.put("severity", Violation::getSeverity);
        COLUMNS.put(
                "rules",
                violation -> join(ViolationLines.rules(violation).stream().toList()));
        COLUMNS.put("occurred_at", Violation::getOccurredAt);
        COLUMNS.put("service", Violation::getService);
        COLUMNS.put("operation", Violation::getOperation);
        COLUMNS.put("actor_type", violation -> violation.getActor().getType());
        COLUMNS.put("actor_id", violation -> violation.getActor().getId());
        COLUMNS.put("actor_country", violation -> violation.getActor().getCountry());
        COLUMNS.put("subject_pseudonym", violation -> violation.getSubject().getPseudonym());
        COLUMNS.put("subject_country", violation -> violation.getSubject().getCountry());
        COLUMNS.put("subject_count", violation -> violation.getSubject().getCount());
        COLUMNS.put("subject_minor", violation -> violation.getSubject().getMinor());
        COLUMNS.put("categories", violation -> join(violation.getCategories()));
        COLUMNS.put("protection", Violation::getProtection);
        COLUMNS.put("record_count", Violation::getRecordCount);
        COLUMNS.put("byte_count", Violation::getByteCount);
        COLUMNS.put("origin_site", Violation::getOriginSite);
        COLUMNS.put("origin_country", Violation::getOriginCountry);
        COLUMNS.put("destination_country", Violation::getDestinationCountry);
        COLUMNS.put("gateway_id", Violation::getGatewayId);
        COLUMNS.put("purpose", Violation::getPurpose);
        COLUMNS.put("found", violation -> join(texts(violation, Finding::getMessage)));
        COLUMNS.put("remedy", violation -> join(texts(violation, Finding::getRemedy)));
        COLUMNS.put("topic", violation -> violation.getEvidence().getTopic());
        COLUMNS.put("partition", violation -> violation.getEvidence().getPartition());
        COLUMNS.put("offset", violation -> violation.getEvidence().getOffset());
        COLUMNS.put("policy_sha256", violation -> violation.getEvidence().getPolicySha256());
        COLUMNS.put(
                "location_effective_from", violation -> violation.getEvidence().getLocationEffectiveFrom());
        COLUMNS.put(
                "consent_effective_from", violation -> violation.getEvidence().getConsentEffectiveFrom());
        COLUMNS.put(
                "gateway_effective_from", violation -> violation.getEvidence().getGatewayEffectiveFrom());
    }

    private final Writer out;

    ViolationTable(Writer out) throws IOException {
        this.out = out;
        row(COLUMNS.keySet().stream().toList());
    }

    void write(Violation violation) throws IOException {
        row(COLUMNS.values().stream()
                .map(column -> cell(column.apply(violation)))
                .toList());
    }

    private void row(List<String> cells) throws IOException {
        out.write(String.join(",", cells));
        out.write("\r\n");
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        if (value instanceof Number) {
            return text;
        }
        String harmless = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return harmless.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
                ? '"' + harmless.replace("\"", "\"\"") + '"'
                : harmless;
    }

    private static List<String> texts(Violation violation, Function<Finding, String> text) {
        return violation.getFindings().stream().map(text).distinct().toList();
    }

    private static String join(List<String> values) {
        return String.join("; ", values);
    }
}
