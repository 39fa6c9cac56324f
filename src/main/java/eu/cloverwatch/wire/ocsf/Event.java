package eu.cloverwatch.wire.ocsf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The attributes that findings and incidents have in common. Keys are written in the order in which they are put. */
final class Event {

    static final String SCHEMA_VERSION = "1.8.0";

    private static final int FINDINGS = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Event() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * A new event with what classifies it.
     *
     * @param time when the event was made, not when what it tells of happened
     */
    static ObjectNode of(int classUid, String className, Activity activity, Severity severity, Instant time) {
        return object().put("category_uid", FINDINGS)
                .put("category_name", "Findings")
                .put("class_uid", classUid)
                .put("class_name", className)
                .put("activity_id", activity.id())
                .put("activity_name", activity.caption())
                .put("type_uid", classUid * 100 + activity.id())
                .put("type_name", className + ": " + activity.caption())
                .put("severity_id", severity.ordinal() + 1)
                .put("severity", caption(severity))
                .put("time", time.toEpochMilli());
    }

    private static String caption(Severity severity) {
        return switch (severity) {
            case INFO -> "Informational";
            case LOW -> "Low";
            case MEDIUM -> "Medium";
            case HIGH -> "High";
            case CRITICAL -> "Critical";
        };
    }

    /** A person is a user, a program an application. Whose type is not known is judged as a person, and is a user here. */
    static ObjectNode actor(ActorType type, String id) {
        ObjectNode actor = object();
        if (type == ActorType.SERVICE) {
            return actor.put("app_name", id);
        }
        boolean employee = type == ActorType.EMPLOYEE;
        actor.putObject("user")
                .put("uid", id)
                .put("type_id", employee ? 1 : 0)
                .put("type", employee ? "User" : "Unknown");
        return actor;
    }

    /** A rule as the analytic that found something. */
    static ObjectNode analytic(String rule) {
        return object().put("uid", rule)
                .put("name", words(rule))
                .put("type_id", 1)
                .put("type", "Rule");
    }

    /** {@code EGRESS_WITHOUT_GATEWAY} as {@code Egress without gateway}. */
    static String words(String rule) {
        String words = rule.replace('_', ' ').toLowerCase(Locale.ROOT);
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** Puts nothing if there is none. */
    static void put(ObjectNode object, String name, @Nullable String value) {
        if (value != null) {
            object.put(name, value);
        }
    }

    static ArrayNode texts(Iterable<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    /** In UTF-8. By way of text: half a surrogate pair becomes "?", as in Avro, where Jackson's writer of bytes would throw. */
    static byte[] bytes(ObjectNode event) {
        try {
            return JSON.writeValueAsString(event).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can be written", e);
        }
    }
}
