package eu.cloverwatch.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One access to, or movement of, personal data.
 *
 * @param eventId not empty, at most 128 code points, unique across subjects by the producers' contract
 * @param occurredAt event time, milliseconds
 * @param categories of the data, at least one, in the producer's order
 * @param recordCount records touched, not negative
 * @param byteCount bytes, not negative
 * @param originSite id of the site where the data lies
 * @param gateway the gateway that the flow claims to pass, null if none
 */
public record AccessEvent(
        String eventId,
        Instant occurredAt,
        String service,
        Operation operation,
        Actor actor,
        Subject subject,
        List<String> categories,
        Protection protection,
        long recordCount,
        long byteCount,
        String originSite,
        Destination destination,
        @Nullable GatewayUse gateway,
        String purpose,
        @Nullable String traceId) {

    private static final int MAX_EVENT_ID_CODE_POINTS = 128;

    public AccessEvent {
        Check.text("event_id", eventId);
        if (eventId.isEmpty() || eventId.codePointCount(0, eventId.length()) > MAX_EVENT_ID_CODE_POINTS) {
            throw new InvalidRecordException("event_id", "1 to " + MAX_EVENT_ID_CODE_POINTS + " code points");
        }
        Check.text("service", service);
        categories = Check.texts("categories", categories);
        if (categories.isEmpty()) {
            throw new InvalidRecordException("categories", "at least one category");
        }
        Check.notNegative("record_count", recordCount);
        Check.notNegative("byte_count", byteCount);
        Check.text("origin_site", originSite);
        Check.text("purpose", purpose);
        Check.optionalText("trace_id", traceId);
    }

    /** Who acts: an employee's id, or the name of a service. */
    public record Actor(ActorType type, String id, @Nullable String sourceIp) {
        public Actor {
            Check.text("actor.id", id);
            Check.optionalText("actor.source_ip", sourceIp);
        }

        /** Whether this may be a person, who is somewhere: anything but a service. */
        public boolean isPerson() {
            return type != ActorType.SERVICE;
        }
    }

    /**
     * Whose data it is.
     *
     * @param id null for a bulk access of {@code count} people
     * @param country of residence, null if the service does not know it
     * @param count people, not negative
     * @param minor null if the service does not know
     */
    public record Subject(
            @Nullable SubjectId id,
            @Nullable String country,
            long count,
            @Nullable Boolean minor) {
        public Subject {
            Check.optionalCountry("subject.country", country);
            Check.notNegative("subject.count", count);
        }
    }

    /** Where the data goes, beside the actor. Both null: nowhere. */
    public record Destination(
            @Nullable String site, @Nullable String country) {

        public static final Destination NONE = new Destination(null, null);

        public Destination {
            Check.optionalText("destination.site", site);
            Check.optionalCountry("destination.country", country);
        }
    }

    /** The gateway that a flow claims to pass. */
    public record GatewayUse(
            String id, @Nullable String passId, @Nullable String buildDigest) {
        public GatewayUse {
            Check.text("gateway.id", id);
            Check.optionalText("gateway.pass_id", passId);
            Check.optionalText("gateway.build_digest", buildDigest);
        }
    }
}
