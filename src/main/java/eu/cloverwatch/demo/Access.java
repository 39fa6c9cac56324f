package eu.cloverwatch.demo;

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

/** An access in the making: everything of an event but its id and time. Recipes change what matters to them. */
final class Access {

    private String service = "";
    private String purpose = "";
    private Operation operation = Operation.READ;
    private ActorType actorType = ActorType.SERVICE;
    private String actorId = "";
    private @Nullable String sourceIp;
    private Subject subject = new Subject(null, null, 1L, null);
    private boolean minor;
    private List<String> categories = List.of();
    private Protection protection = Protection.RAW;
    private long records;
    private long bytes;
    private String origin = "";
    private Destination destination = new Destination(null, null);
    private @Nullable GatewayUse gateway;
    private @Nullable String traceId;

    Access by(String service, String purpose) {
        this.service = service;
        this.purpose = purpose;
        return this;
    }

    Access purpose(String purpose) {
        this.purpose = purpose;
        return this;
    }

    Access does(Operation operation) {
        this.operation = operation;
        return this;
    }

    Access actor(ActorType type, String id, @Nullable String sourceIp) {
        this.actorType = type;
        this.actorId = id;
        this.sourceIp = sourceIp;
        return this;
    }

    /**
     * @param minor whether the subject is known to be a minor, from the event or from the consent service
     */
    Access about(Subject subject, boolean minor) {
        this.subject = subject;
        this.minor = minor;
        return this;
    }

    Access data(List<String> categories, Protection protection) {
        this.categories = categories;
        this.protection = protection;
        return this;
    }

    Access size(long records, long bytes) {
        this.records = records;
        this.bytes = bytes;
        return this;
    }

    Access from(String site) {
        this.origin = site;
        return this;
    }

    Access to(@Nullable String site, @Nullable String country) {
        this.destination = new Destination(site, country);
        return this;
    }

    Access through(@Nullable String gateway, @Nullable String build) {
        this.gateway = gateway == null ? null : new GatewayUse(gateway, null, build);
        return this;
    }

    Access traced(@Nullable String traceId) {
        this.traceId = traceId;
        return this;
    }

    List<String> categories() {
        return categories;
    }

    boolean isMinor() {
        return minor;
    }

    /** Restricted data as it is: what makes a finding graver. */
    boolean isRestrictedInTheClear() {
        return categories.stream().anyMatch(Categories::isRestricted)
                && (protection == Protection.RAW || protection == Protection.UNKNOWN);
    }

    AccessEvent event(String eventId, Instant at) {
        return new AccessEvent(
                eventId,
                at,
                service,
                operation,
                new Actor(actorType, actorId, sourceIp),
                subject,
                categories,
                protection,
                records,
                bytes,
                origin,
                destination,
                gateway,
                purpose,
                traceId);
    }
}
