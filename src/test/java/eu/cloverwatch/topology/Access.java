package eu.cloverwatch.topology;

import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.v1.Actor;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.Destination;
import eu.cloverwatch.v1.GatewayUse;
import eu.cloverwatch.v1.Operation;
import eu.cloverwatch.v1.Protection;
import eu.cloverwatch.v1.Subject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An access event in the making. Unless a test says otherwise, a service reads the e-mail address of S-1, who lives in
 * Ireland, in Dublin: IN_REGION by {@link Facts#POLICY}.
 */
final class Access {

    private final AccessEvent event;

    private Access(AccessEvent event) {
        this.event = event;
    }

    static Access event(String eventId, Instant occurredAt) {
        return new Access(AccessEvent.newBuilder()
                .setEventId(eventId)
                .setOccurredAt(occurredAt)
                .setService("profile-api")
                .setOperation(Operation.READ)
                .setActor(new Actor(ActorType.SERVICE, "profile-api", null))
                .setSubject(new Subject("S-1", "IE", 1L, null))
                .setCategories(List.of("EMAIL"))
                .setProtection(Protection.RAW)
                .setRecordCount(1)
                .setByteCount(512)
                .setOriginSite("dublin-1")
                .setDestination(new Destination(null, null))
                .setPurpose("SUPPORT")
                .build());
    }

    Access byEmployee(String employeeId) {
        event.setActor(new Actor(ActorType.EMPLOYEE, employeeId, null));
        return this;
    }

    Access byService(String serviceId) {
        event.setActor(new Actor(ActorType.SERVICE, serviceId, null));
        return this;
    }

    Access of(@Nullable String subjectId, @Nullable String country) {
        event.setSubject(new Subject(subjectId, country, 1L, null));
        return this;
    }

    Access ofBulk(long count, String country) {
        event.setSubject(new Subject(null, country, count, null));
        return this;
    }

    Access to(String country) {
        event.setDestination(new Destination(null, country));
        return this;
    }

    Access via(String gatewayId) {
        event.setGateway(new GatewayUse(gatewayId, null, null));
        return this;
    }

    Access writing() {
        event.setOperation(Operation.WRITE);
        return this;
    }

    Access at(String originSite) {
        event.setOriginSite(originSite);
        return this;
    }

    Access as(Protection protection) {
        event.setProtection(protection);
        return this;
    }

    Access categories(String... categories) {
        event.setCategories(List.of(categories));
        return this;
    }

    Access purpose(String purpose) {
        event.setPurpose(purpose);
        return this;
    }

    Access bytes(long byteCount) {
        event.setByteCount(byteCount);
        return this;
    }

    AccessEvent avro() {
        return event;
    }
}
