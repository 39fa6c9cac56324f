package eu.cloverwatch.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.SubjectConsent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event and facts as scenario directories hold them. */
final class SituationJson {

    private SituationJson() {}

    static ObjectNode event(AccessEvent event) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("event_id", event.eventId());
        json.put("occurred_at", event.occurredAt().toString());
        json.put("service", event.service());
        json.put("operation", event.operation().name());
        json.putObject("actor")
                .put("type", event.actor().type().name())
                .put("id", event.actor().id());
        ObjectNode subject = json.putObject("subject");
        subject.put(
                "id", event.subject().id() == null ? null : event.subject().id().value());
        subject.put("country", event.subject().country());
        subject.put("count", event.subject().count());
        subject.put("minor", event.subject().minor());
        event.categories().forEach(json.putArray("categories")::add);
        json.put("protection", event.protection().name());
        json.put("record_count", event.recordCount());
        json.put("byte_count", event.byteCount());
        json.put("origin_site", event.originSite());
        json.putObject("destination")
                .put("site", event.destination().site())
                .put("country", event.destination().country());
        AccessEvent.GatewayUse gateway = event.gateway();
        if (gateway != null) {
            json.putObject("gateway").put("id", gateway.id()).put("build_digest", gateway.buildDigest());
        }
        json.put("purpose", event.purpose());
        return json;
    }

    static ObjectNode location(EmployeeLocation location) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("employee_id", location.employeeId());
        json.put("country", location.country());
        putTimes(json, location.effectiveFrom(), location.recordedAt());
        json.put("source", location.source().name());
        return json;
    }

    static ObjectNode consent(SubjectConsent consent) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("subject_id", consent.subjectId().value());
        json.put("residence_country", consent.residenceCountry());
        json.put("age_band", consent.ageBand().name());
        putTimes(json, consent.effectiveFrom(), consent.recordedAt());
        var grants = json.putArray("grants");
        for (SubjectConsent.Grant grant : consent.grants()) {
            ObjectNode entry = grants.addObject();
            entry.put("purpose", grant.purpose());
            entry.put("granted", grant.granted());
            grant.destinations().forEach(entry.putArray("destinations")::add);
        }
        return json;
    }

    static ObjectNode gateway(GatewayApproval approval) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("gateway_id", approval.gatewayId());
        json.put("site", approval.site());
        json.put("status", approval.status().name());
        json.put("approved_by", approval.approvedBy());
        putTimes(json, approval.effectiveFrom(), approval.recordedAt());
        json.put("valid_until", text(approval.validUntil()));
        approval.destinations().forEach(json.putArray("destinations")::add);
        approval.categories().forEach(json.putArray("categories")::add);
        approval.purposes().forEach(json.putArray("purposes")::add);
        approval.reviewedBuilds().forEach(json.putArray("reviewed_builds")::add);
        return json;
    }

    private static void putTimes(ObjectNode json, Instant effectiveFrom, Instant recordedAt) {
        json.put("effective_from", effectiveFrom.toString());
        json.put("recorded_at", recordedAt.toString());
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
