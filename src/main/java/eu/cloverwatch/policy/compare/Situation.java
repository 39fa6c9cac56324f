package eu.cloverwatch.policy.compare;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.ActorType;
import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.LocationSource;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.SubjectConsent;
import eu.cloverwatch.policy.Flow;
import eu.cloverwatch.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One event with all that is known at its time: what a judgement is made of, beside the policy. */
public final class Situation {

    private static final String EMPLOYEE = "E-1";

    private final Movement movement;
    private final Data data;
    private final @Nullable String residence;
    private final boolean minor;
    private final ConsentState consent;
    private final String purpose;
    private final GatewayState gateway;

    Situation(
            Movement movement,
            Data data,
            @Nullable String residence,
            boolean minor,
            ConsentState consent,
            String purpose,
            GatewayState gateway) {
        this.movement = movement;
        this.data = data;
        this.residence = residence;
        this.minor = minor;
        this.consent = consent;
        this.purpose = purpose;
        this.gateway = gateway;
    }

    /** Whether these things can be together. */
    boolean isPossible() {
        return gateway.isPossible(movement) && consent.isPossible(movement, residence);
    }

    /** Whether files can say it: they keep everything, so that nothing is missing because it is no longer kept. */
    public boolean isRecordable() {
        return gateway != GatewayState.NOT_KEPT
                && consent != ConsentState.NOT_KEPT
                && movement.kind() != Movement.Kind.READ_FROM_NOT_KEPT;
    }

    Movement movement() {
        return movement;
    }

    Data data() {
        return data;
    }

    @Nullable String residence() {
        return residence;
    }

    boolean minor() {
        return minor;
    }

    ConsentState consentState() {
        return consent;
    }

    String purpose() {
        return purpose;
    }

    GatewayState gatewayState() {
        return gateway;
    }

    public AccessEvent event() {
        boolean person = movement.kind().person();
        return new AccessEvent(
                "example",
                movement.at(),
                "example-service",
                movement.kind().operation(),
                new AccessEvent.Actor(
                        person ? ActorType.EMPLOYEE : ActorType.SERVICE, person ? EMPLOYEE : "example-service", null),
                new AccessEvent.Subject(ConsentState.SUBJECT, residence, 1, minor),
                data.names(),
                data.protection(),
                1,
                1,
                movement.origin(),
                movement.destination(),
                gateway.use(),
                purpose,
                null);
    }

    /** Of the actor; absent for a service. */
    public Lookup<EmployeeLocation> location() {
        String country = movement.actorCountry();
        if (movement.kind() == Movement.Kind.READ_FROM_NOT_KEPT) {
            return Lookup.beyondHistory();
        } else if (country == null) {
            return Lookup.absent();
        }
        Instant from = movement.at().minus(Duration.ofDays(1));
        return new Lookup.Known<>(
                new EmployeeLocation(EMPLOYEE, country, null, null, from, from, LocationSource.HR, false), from);
    }

    public Lookup<SubjectConsent> consent() {
        return consent.lookup(movement, residence, minor, purpose);
    }

    public Lookup<GatewayApproval> gateway() {
        return gateway.lookup(movement);
    }

    /** As {@link Flow} says. */
    public Judgement judgedBy(Policy policy) {
        return Flow.of(event(), policy, location()).conclude(consent(), gateway());
    }

    /** In words, on one line. */
    @Override
    public String toString() {
        return "%s, %s, of %s living in %s, for %s, through %s, %s: %s %s, at %s"
                .formatted(
                        String.join(" and ", data.names()),
                        data.protection(),
                        minor ? "a minor" : "an adult",
                        residence == null ? "a country that nobody knows" : residence,
                        purpose,
                        gateway.label(),
                        consent.label(),
                        movement.kind().phrase(),
                        place(),
                        movement.at());
    }

    private String place() {
        String country = movement.actorCountry() != null
                ? movement.actorCountry()
                : movement.destination().country();
        return switch (movement.kind()) {
            case READ_AT, STORED_AT, SENT_TO_SITE, REPLICATED_TO_SITE -> movement.origin();
            case SENT_TO_SITE_IN_COUNTRY -> movement.origin() + " (" + country + ")";
            case SENT_TO_COUNTRY, STORED_IN_COUNTRY, READ_FROM_COUNTRY -> String.valueOf(country);
            case READ_FROM_NOBODY_KNOWS_WHERE, READ_FROM_NOT_KEPT -> movement.place();
        };
    }
}
