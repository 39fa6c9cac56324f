package eu.cloverwatch.wire.ocsf;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.Finding;
import eu.cloverwatch.v1.Operation;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationActor;
import eu.cloverwatch.v1.ViolationSubject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who moved whose data, which data, from where to where, and against which policy. */
final class FlowAttributes {

    private static final int AFFECTED = 3;
    private static final int PERSONAL = 1;
    private static final int OTHER = 99;

    private FlowAttributes() {}

    static void put(ObjectNode event, Violation violation) {
        ViolationActor actor = violation.getActor();
        event.set("actor", Event.actor(actor.getType(), actor.getId()));
        if (actor.getCountry() != null) {
            event.putArray("enrichments").add(whereabouts(actor, actor.getCountry()));
        }
        event.set("src_endpoint", source(violation));
        if (violation.getDestinationCountry() != null) {
            event.set("dst_endpoint", recipient(violation.getDestinationCountry()));
        }
        event.putArray("resources").add(subject(violation.getSubject()));
        event.set("data_security", dataSecurity(violation));
        String policy = violation.getEvidence().getPolicySha256();
        if (!policy.isEmpty()) {
            ObjectNode object = event.putObject("policy");
            object.put("uid", policy).put("name", "Cloverwatch policy").put("is_applied", true);
        }
    }

    /** A user has no place of the moment in OCSF: the country is what employee-locations add to the user's id. */
    private static ObjectNode whereabouts(ViolationActor actor, String country) {
        ObjectNode enrichment = Event.object()
                .put("name", actor.getType() == ActorType.SERVICE ? "actor.app_name" : "actor.user.uid")
                .put("value", actor.getId())
                .put("type", "location")
                .put("provider", "employee-locations");
        enrichment.set("data", Event.object().put("country", country));
        return enrichment;
    }

    /** Source and destination are those of the data, not those of a connection. */
    private static ObjectNode source(Violation violation) {
        ObjectNode source =
                Event.object().put("name", violation.getOriginSite()).put("svc_name", violation.getService());
        putLocation(source, violation.getOriginCountry());
        if (violation.getGatewayId() != null) {
            source.putObject("proxy_endpoint").put("uid", violation.getGatewayId());
        }
        return source;
    }

    private static ObjectNode recipient(String country) {
        ObjectNode recipient = Event.object().put("name", "recipient in " + country);
        putLocation(recipient, country);
        return recipient;
    }

    private static void putLocation(ObjectNode endpoint, @Nullable String country) {
        if (country != null) {
            endpoint.putObject("location").put("country", country);
        }
    }

    /** The person, or the people of a bulk access, whose data it is. */
    private static ObjectNode subject(ViolationSubject subject) {
        ObjectNode resource = Event.object();
        Event.put(resource, "uid", subject.getPseudonym());
        resource.put("name", subject.getPseudonym() == null ? "Data subjects" : "Data subject")
                .put("type", "Data subject")
                .put("role_id", AFFECTED)
                .put("role", "Affected");
        ObjectNode data = resource.putObject("data");
        Event.put(data, "country", subject.getCountry());
        data.put("count", subject.getCount());
        if (subject.getMinor() != null) {
            data.put("minor", subject.getMinor());
        }
        return resource;
    }

    private static ObjectNode dataSecurity(Violation violation) {
        ObjectNode data = Event.object()
                .put("category_id", PERSONAL)
                .put("category", "Personal")
                .put("data_lifecycle_state_id", lifecycle(violation.getOperation()))
                .put("data_lifecycle_state", lifecycleCaption(violation.getOperation()))
                .put("detection_system_id", OTHER)
                .put("detection_system", "Data flow monitor");
        List<Finding> findings = violation.getFindings();
        if (!findings.isEmpty()) {
            data.put("detection_pattern", findings.get(0).getRule());
        }
        ArrayNode categories = data.putArray("discovery_details");
        violation.getCategories().forEach(category -> categories.addObject().put("type", category));
        return data.put("total", violation.getRecordCount()).put("size", violation.getByteCount());
    }

    private static int lifecycle(Operation operation) {
        return switch (operation) {
            case UNKNOWN -> 0;
            case WRITE, DELETE -> 1;
            case EXPORT, REPLICATE -> 2;
            case READ -> 3;
        };
    }

    private static String lifecycleCaption(Operation operation) {
        return switch (operation) {
            case UNKNOWN -> "Unknown";
            case WRITE, DELETE -> "Data at-Rest";
            case EXPORT, REPLICATE -> "Data in-Transit";
            case READ -> "Data in-Use";
        };
    }
}
