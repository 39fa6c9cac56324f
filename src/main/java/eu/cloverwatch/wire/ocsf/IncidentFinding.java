package eu.cloverwatch.wire.ocsf;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.Incident;
import eu.cloverwatch.v1.IncidentStatus;
import java.time.Instant;
import java.util.List;

/** An incident as an Incident Finding, class 2005; docs/ocsf.md tells field by field what comes from where. */
public final class IncidentFinding {

    private static final int CLASS = 2005;
    private static final int LONGEST_IN_TEXT = 200;

    private IncidentFinding() {}

    /**
     * UTF-8 JSON, the same bytes for the same arguments. However many violations there are, one entry of the list of findings
     * stands for them all.
     *
     * @param activity CREATE for the first event of an incident, which alone is an alert; CLOSE if none is expected to follow
     * @param sequence how many events of this incident were published before
     * @param createdAt when the incident's first event was published
     * @param modifiedAt when this one is
     */
    public static byte[] of(
            Incident incident,
            ActorType actorType,
            Activity activity,
            long sequence,
            Instant createdAt,
            Instant modifiedAt,
            Product product) {
        String summary = summary(incident);
        ObjectNode event = Event.of(CLASS, "Incident Finding", activity, incident.getSeverity(), modifiedAt)
                .put("start_time", incident.getFirstAt().toEpochMilli())
                .put("end_time", incident.getLastAt().toEpochMilli())
                .put("message", summary)
                .put("desc", summary)
                .put("count", incident.getViolations());
        putStatus(event, incident);
        event.put("is_alert", activity == Activity.CREATE);
        event.set("metadata", metadata(incident, sequence, product));
        event.putArray("finding_info_list").add(findingInfo(incident, summary, createdAt, modifiedAt));
        event.set("actor", Event.actor(actorType, incident.getActor()));
        event.putObject("assignee_group").put("name", "Unassigned"); // the class requires an assignee
        ObjectNode unmapped = event.putObject("unmapped");
        unmapped.put("subjects", incident.getSubjects()).put("bytes", incident.getBytes());
        unmapped.set("destinations", Event.texts(incident.getDestinations()));
        return Event.bytes(event);
    }

    /** That nothing more came does not mean that anybody has dealt with it, unless nothing is left of it. */
    private static void putStatus(ObjectNode event, Incident incident) {
        if (incident.getStatus() == IncidentStatus.OPEN) {
            event.put("status_id", 1).put("status", "New");
        } else if (incident.getViolations() == 0) {
            event.put("status_id", 5).put("status", "Closed");
        } else {
            event.put("status_id", 99).put("status", "Ended");
        }
        event.put("status_code", incident.getStatus().name());
    }

    private static ObjectNode metadata(Incident incident, long sequence, Product product) {
        ObjectNode metadata = Event.object().put("version", Event.SCHEMA_VERSION);
        metadata.set("profiles", Event.texts(List.of("host", "security_control")));
        metadata.set("product", product.json());
        return metadata.put("source", product.source())
                .put("uid", incident.getIncidentId() + "/" + sequence)
                .put("sequence", sequence)
                .put("correlation_uid", incident.getIncidentId());
    }

    private static ObjectNode findingInfo(Incident incident, String summary, Instant createdAt, Instant modifiedAt) {
        ObjectNode info = Event.object()
                .put("uid", incident.getIncidentId())
                .put("title", violations(incident))
                .put("desc", summary);
        info.set("types", Event.texts(incident.getRules()));
        info.put("created_time", createdAt.toEpochMilli())
                .put("modified_time", modifiedAt.toEpochMilli())
                .put("first_seen_time", incident.getFirstAt().toEpochMilli())
                .put("last_seen_time", incident.getLastAt().toEpochMilli())
                .put("related_events_count", incident.getViolations());
        ArrayNode analytics = info.putArray("related_analytics");
        incident.getRules().forEach(rule -> analytics.add(Event.analytic(rule)));
        return info;
    }

    private static String violations(Incident incident) {
        return incident.getViolations()
                + (incident.getViolations() == 1 ? " violation by " : " violations by ")
                + shortened(incident.getActor());
    }

    /** An actor id may be of a mebibyte, and six times that as JSON: whole it is in one place only. */
    private static String shortened(String actor) {
        if (actor.length() <= LONGEST_IN_TEXT) {
            return actor;
        }
        boolean isPair = Character.isHighSurrogate(actor.charAt(LONGEST_IN_TEXT - 1));
        return actor.substring(0, isPair ? LONGEST_IN_TEXT - 1 : LONGEST_IN_TEXT) + "...";
    }

    private static String summary(Incident incident) {
        return violations(incident) + list(": ", incident.getRules())
                + "; " + incident.getSubjects() + " data subjects, " + incident.getBytes() + " bytes"
                + list("; to ", incident.getDestinations());
    }

    private static String list(String before, List<String> words) {
        return words.isEmpty() ? "" : before + String.join(", ", words);
    }
}
