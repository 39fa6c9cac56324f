package eu.cloverwatch.wire.ocsf;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.cloverwatch.v1.Finding;
import eu.cloverwatch.v1.Verdict;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import java.util.List;
import java.util.stream.Collectors;

/** A revision of a violation as a Data Security Finding, class 2006; docs/ocsf.md tells field by field what comes from where. */
public final class DataSecurityFinding {

    private static final int CLASS = 2006;
    private static final int OBSERVED = 3;
    private static final int DETECTED = 15;

    private DataSecurityFinding() {}

    /** UTF-8 JSON, the same bytes for the same arguments. All that the violation says is in it. */
    public static byte[] of(Violation violation, Product product) {
        ObjectNode event = Event.of(
                CLASS,
                "Data Security Finding",
                activity(violation.getStatus()),
                violation.getSeverity(),
                violation.getDetectedAt());
        long occurredAt = violation.getOccurredAt().toEpochMilli();
        event.put("start_time", occurredAt).put("end_time", occurredAt).put("message", message(violation));
        putState(event, violation);
        event.set("metadata", metadata(violation, product));
        event.set("finding_info", findingInfo(violation));
        FlowAttributes.put(event, violation);
        event.set("unmapped", Unmapped.of(violation));
        return Event.bytes(event);
    }

    private static Activity activity(ViolationStatus status) {
        return switch (status) {
            case OPEN -> Activity.CREATE;
            case AMENDED -> Activity.UPDATE;
            case WITHDRAWN -> Activity.CLOSE;
        };
    }

    /**
     * An amended violation is as new to those who review it as an open one: In Progress would claim that somebody does. A
     * withdrawn one was judged again and found benign, which is what Suppressed says; Resolved would claim that it was remedied.
     */
    private static void putState(ObjectNode event, Violation violation) {
        boolean withdrawn = violation.getStatus() == ViolationStatus.WITHDRAWN;
        event.put("status_id", withdrawn ? 3 : 1).put("status", withdrawn ? "Suppressed" : "New");
        event.put("status_code", violation.getStatus().name());
        Event.put(event, "status_detail", violation.getCause());
        boolean decided = violation.getVerdict() == Verdict.VIOLATION;
        event.put("confidence_id", decided ? 3 : 1).put("confidence", decided ? "High" : "Low");
        event.put("action_id", OBSERVED).put("action", "Observed");
        event.put("disposition_id", DETECTED).put("disposition", "Detected");
    }

    private static ObjectNode metadata(Violation violation, Product product) {
        ObjectNode metadata = Event.object().put("version", Event.SCHEMA_VERSION);
        metadata.set("profiles", Event.texts(List.of("security_control")));
        metadata.set("product", product.json());
        return metadata.put("source", product.source())
                .put("uid", violation.getViolationId() + "/" + violation.getRevision())
                .put("sequence", violation.getRevision())
                .put("correlation_uid", violation.getEventId())
                .put("event_code", violation.getVerdict().name())
                .put("original_time", violation.getOccurredAt().toString());
    }

    private static ObjectNode findingInfo(Violation violation) {
        List<String> rules =
                violation.getFindings().stream().map(Finding::getRule).toList();
        long detectedAt = violation.getDetectedAt().toEpochMilli();
        long occurredAt = violation.getOccurredAt().toEpochMilli();
        ObjectNode info = Event.object()
                .put("uid", violation.getViolationId())
                .put("title", title(violation))
                .put(
                        "desc",
                        violation.getFindings().stream()
                                .map(Finding::getMessage)
                                .collect(Collectors.joining("\n")));
        info.set("types", Event.texts(rules));
        if (violation.getRevision() == 0) {
            info.put("created_time", detectedAt); // later revisions do not know when the first was made
        }
        info.put("modified_time", detectedAt).put("first_seen_time", occurredAt).put("last_seen_time", occurredAt);
        if (!rules.isEmpty()) {
            info.set("analytic", Event.analytic(rules.get(0)));
        }
        if (rules.size() > 1) {
            ArrayNode related = info.putArray("related_analytics");
            rules.subList(1, rules.size()).forEach(rule -> related.add(Event.analytic(rule)));
        }
        info.set("data_sources", Event.texts(List.of(violation.getEvidence().getTopic())));
        info.set("tags", tags(violation));
        return info;
    }

    private static ArrayNode tags(Violation violation) {
        ArrayNode tags = Event.texts(List.of());
        tags.addObject()
                .put("name", "operation")
                .put("value", violation.getOperation().name());
        tags.addObject()
                .put("name", "protection")
                .put("value", violation.getProtection().name());
        tags.addObject().put("name", "purpose").put("value", violation.getPurpose());
        return tags;
    }

    /** The gravest finding. */
    private static String message(Violation violation) {
        List<Finding> findings = violation.getFindings();
        return findings.isEmpty() ? title(violation) : findings.get(0).getMessage();
    }

    private static String title(Violation violation) {
        List<Finding> findings = violation.getFindings();
        String what = Event.words(
                findings.isEmpty()
                        ? violation.getVerdict().name()
                        : findings.get(0).getRule());
        String from = violation.getOriginCountry();
        String to = violation.getDestinationCountry();
        return to == null ? what : what + (from == null ? ": to " : ": " + from + " to ") + to;
    }
}
