package eu.cloverwatch.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An access event for tests, in order unless a step says otherwise: a service in Dublin reads the view history of a German
 * subject for support, on 2024-06-05 at 09:00 UTC, and sends it nowhere.
 */
public final class SampleEvent {

    public static final Instant AT = Instant.parse("2024-06-05T09:00:00Z");

    private String id = "e-1";
    private Instant at = AT;
    private Operation operation = Operation.READ;
    private AccessEvent.Actor actor = new AccessEvent.Actor(ActorType.SERVICE, "exporter", null);
    private AccessEvent.Subject subject = new AccessEvent.Subject(new SubjectId("S-1"), "DE", 1, null);
    private List<String> categories = List.of("VIEW_HISTORY");
    private Protection protection = Protection.RAW;
    private String originSite = "dublin-1";
    private AccessEvent.Destination destination = AccessEvent.Destination.NONE;
    private AccessEvent.@Nullable GatewayUse gateway;
    private String purpose = "SUPPORT";
    private long recordCount = 1;
    private long byteCount = 512;

    private SampleEvent() {}

    public static SampleEvent event() {
        return new SampleEvent();
    }

    public SampleEvent id(String eventId) {
        id = eventId;
        return this;
    }

    public SampleEvent at(Instant occurredAt) {
        at = occurredAt;
        return this;
    }

    public SampleEvent operation(Operation done) {
        operation = done;
        return this;
    }

    public SampleEvent employee(String employeeId) {
        return actor(ActorType.EMPLOYEE, employeeId);
    }

    public SampleEvent actor(ActorType type, String actorId) {
        actor = new AccessEvent.Actor(type, actorId, null);
        return this;
    }

    public SampleEvent subject(@Nullable String subjectId, @Nullable String country) {
        subject = new AccessEvent.Subject(
                subjectId == null ? null : new SubjectId(subjectId), country, subject.count(), subject.minor());
        return this;
    }

    public SampleEvent minor(@Nullable Boolean minor) {
        subject = new AccessEvent.Subject(subject.id(), subject.country(), subject.count(), minor);
        return this;
    }

    public SampleEvent count(long people) {
        subject = new AccessEvent.Subject(subject.id(), subject.country(), people, subject.minor());
        return this;
    }

    public SampleEvent categories(String... names) {
        categories = List.of(names);
        return this;
    }

    public SampleEvent protection(Protection how) {
        protection = how;
        return this;
    }

    public SampleEvent from(String site) {
        originSite = site;
        return this;
    }

    public SampleEvent to(@Nullable String site, @Nullable String country) {
        destination = new AccessEvent.Destination(site, country);
        return this;
    }

    public SampleEvent through(String gatewayId) {
        return through(gatewayId, null);
    }

    public SampleEvent through(String gatewayId, @Nullable String buildDigest) {
        gateway = new AccessEvent.GatewayUse(gatewayId, null, buildDigest);
        return this;
    }

    public SampleEvent purpose(String why) {
        purpose = why;
        return this;
    }

    public SampleEvent counts(long records, long bytes) {
        recordCount = records;
        byteCount = bytes;
        return this;
    }

    public AccessEvent build() {
        return new AccessEvent(
                id,
                at,
                "profile-api",
                operation,
                actor,
                subject,
                categories,
                protection,
                recordCount,
                byteCount,
                originSite,
                destination,
                gateway,
                purpose,
                null);
    }
}
