package eu.cloverwatch.runtime;

import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.v1.Actor;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.Destination;
import eu.cloverwatch.v1.EmployeeLocation;
import eu.cloverwatch.v1.LocationSource;
import eu.cloverwatch.v1.Operation;
import eu.cloverwatch.v1.PolicyRevision;
import eu.cloverwatch.v1.Protection;
import eu.cloverwatch.v1.Subject;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** One policy, and events of which it is plain what comes of them. */
public final class SampleRecords {

    public static final Instant NOON = Instant.parse("2025-03-01T12:00:00Z");
    private static final Instant EARLIER = Instant.parse("2024-01-01T00:00:00Z");

    private static final String POLICY = String.join(
            "\n",
            "policy_id: sample",
            "effective_from: 2024-01-01T00:00:00Z",
            "protected_residents: [DE, IE]",
            "region: [DE, IE]",
            "sites: [{id: dublin-1, country: IE, enclave: [{from: 2023-09-05T00:00:00Z}]}]",
            "restricted_categories: [EMAIL]",
            "");

    static {
        // Makes Avro trust the generated classes, which copying a record needs.
        Topic.values();
    }

    private SampleRecords() {}

    public static Arrival policy() {
        PolicyDocument document = PolicyDocument.parse(POLICY);
        PolicyRevision revision = new PolicyRevision(
                "sample", EARLIER, EARLIER, "test", document.policy().sha256(), document.text());
        return arrival(Topic.POLICIES, "sample", revision, EARLIER);
    }

    public static Arrival located(String employee, String country) {
        return arrival(Topic.EMPLOYEE_LOCATIONS, employee, location(employee, country), EARLIER);
    }

    static EmployeeLocation location(String employee, String country) {
        return EmployeeLocation.newBuilder()
                .setEmployeeId(employee)
                .setCountry(country)
                .setEffectiveFrom(EARLIER)
                .setRecordedAt(EARLIER)
                .setSource(LocationSource.HR)
                .build();
    }

    /** A service sends it to the US, through no gateway: VIOLATION. */
    public static Arrival leaking(String id) {
        return event(leak(id));
    }

    public static AccessEvent leak(String id) {
        return access(id, new Actor(ActorType.SERVICE, "mailer-" + id, null), "US");
    }

    /** A service reads it where it is: IN_REGION. */
    public static Arrival staying(String id) {
        return event(access(id, new Actor(ActorType.SERVICE, "mailer-" + id, null), null));
    }

    /** An employee reads it, wherever that is. */
    public static Arrival readBy(String employee, String id) {
        return event(access(id, new Actor(ActorType.EMPLOYEE, employee, null), null));
    }

    public static Arrival event(AccessEvent event) {
        return arrival(Topic.ACCESS_EVENTS, event.getActor().getId(), event, event.getOccurredAt());
    }

    public static Arrival raw(Topic topic, @Nullable String key, byte[] value) {
        return new Arrival(topic, key, new Arrival.Raw(value), NOON);
    }

    public static Arrival raw(Topic topic, @Nullable String key, String value) {
        return raw(topic, key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Of whom the event is; nobody may find it outside the cluster. */
    public static String subjectOf(String eventId) {
        return "subject-of-" + eventId;
    }

    private static AccessEvent access(String id, Actor actor, @Nullable String destination) {
        return AccessEvent.newBuilder()
                .setEventId(id)
                .setOccurredAt(NOON)
                .setService("mail")
                .setOperation(Operation.READ)
                .setActor(actor)
                .setSubject(new Subject(subjectOf(id), "DE", 1L, null))
                .setCategories(List.of("EMAIL"))
                .setProtection(Protection.RAW)
                .setRecordCount(1)
                .setByteCount(100)
                .setOriginSite("dublin-1")
                .setDestination(new Destination(null, destination))
                .setPurpose("SUPPORT")
                .build();
    }

    private static Arrival arrival(Topic topic, String key, SpecificRecord record, Instant timestamp) {
        return new Arrival(topic, key, new Arrival.Value(record), timestamp);
    }
}
