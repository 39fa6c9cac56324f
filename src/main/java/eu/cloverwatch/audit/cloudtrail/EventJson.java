package eu.cloverwatch.audit.cloudtrail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.cloverwatch.model.AccessEvent;

/** An access event as a line of {@code access-events.ndjson}: the schema's field names; what is null is left out. */
final class EventJson {

    private EventJson() {}

    /** One line, without the line end. */
    static String line(AccessEvent event) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("event_id", event.eventId());
        json.put("occurred_at", event.occurredAt().toString());
        json.put("service", event.service());
        json.put("operation", event.operation().name());
        ObjectNode actor = json.putObject("actor");
        actor.put("type", event.actor().type().name());
        actor.put("id", event.actor().id());
        actor.put("source_ip", event.actor().sourceIp());
        putSubject(json.putObject("subject"), event.subject());
        event.categories().forEach(json.putArray("categories")::add);
        json.put("protection", event.protection().name());
        json.put("record_count", event.recordCount());
        json.put("byte_count", event.byteCount());
        json.put("origin_site", event.originSite());
        ObjectNode destination = json.putObject("destination");
        destination.put("site", event.destination().site());
        destination.put("country", event.destination().country());
        if (event.gateway() != null) {
            json.putObject("gateway").put("id", event.gateway().id());
        }
        json.put("purpose", event.purpose());
        json.put("trace_id", event.traceId());
        return withoutNulls(json);
    }

    private static void putSubject(ObjectNode json, AccessEvent.Subject subject) {
        json.put("id", subject.id() == null ? null : subject.id().value());
        json.put("country", subject.country());
        json.put("count", subject.count());
        json.put("minor", subject.minor());
    }

    private static String withoutNulls(ObjectNode json) {
        json.forEach(child -> {
            if (child instanceof ObjectNode object) {
                object.removeIf(value -> value.isNull());
            }
        });
        json.removeIf(value -> value.isNull() || (value.isObject() && value.isEmpty()));
        try {
            return Json.MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree that cannot be written", e);
        }
    }
}
