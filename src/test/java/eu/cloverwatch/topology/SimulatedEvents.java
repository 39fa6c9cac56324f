package eu.cloverwatch.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.v1.Actor;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.Destination;
import eu.cloverwatch.v1.GatewayUse;
import eu.cloverwatch.v1.Operation;
import eu.cloverwatch.v1.Protection;
import eu.cloverwatch.v1.Subject;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Access events of a simulated world, of a few actors, subjects and gateways. */
final class SimulatedEvents {

    private final SimulatedDice dice;
    private final SimulatedClock clock;
    private int ids;

    SimulatedEvents(SimulatedDice dice, SimulatedClock clock) {
        this.dice = dice;
        this.clock = clock;
    }

    /** An event with an id of its own, its own time as the Kafka timestamp. */
    Arrival event() {
        AccessEvent event = AccessEvent.newBuilder()
                .setEventId("e-" + ++ids)
                .setOccurredAt(clock.any(dice))
                .setService("profile-api")
                .setOperation(operation())
                .setActor(actor())
                .setSubject(subject())
                .setCategories(dice.one(List.of("EMAIL"), List.of("VIEW_HISTORY"), List.of("PUBLIC_VIDEO", "EMAIL")))
                .setProtection(protection())
                .setRecordCount(1)
                .setByteCount(dice.below(1000))
                .setOriginSite(dice.oneIn(6) ? dice.one("tokyo-1", "nowhere-1", "us-enclave") : "dublin-1")
                .setDestination(destination())
                .setGateway(gateway())
                .setPurpose(dice.oneIn(3) ? "ADVERTISING" : "SUPPORT")
                .build();
        return arrival(event, event.getOccurredAt());
    }

    private static Arrival arrival(AccessEvent event, Instant timestamp) {
        return new Arrival(Topic.ACCESS_EVENTS, event.getActor().getId(), new Arrival.Value(event), timestamp);
    }

    private Operation operation() {
        return dice.oneIn(6)
                ? dice.one(Operation.UNKNOWN, Operation.REPLICATE, Operation.EXPORT, Operation.DELETE)
                : dice.one(Operation.READ, Operation.READ, Operation.WRITE);
    }

    private Actor actor() {
        ActorType type = dice.one(
                ActorType.EMPLOYEE, ActorType.EMPLOYEE, ActorType.EMPLOYEE, ActorType.SERVICE, ActorType.UNKNOWN);
        // Sometimes a service is called as an employee is: its name must not be looked up.
        boolean named = type == ActorType.SERVICE && !dice.oneIn(6);
        return new Actor(type, named ? "mailer" : dice.one("E-1", "E-2", "E-3"), null);
    }

    private Subject subject() {
        boolean bulk = dice.oneIn(5);
        String country = dice.oneOrNull("IE", "IE", "DE", "JP");
        return new Subject(
                bulk ? null : dice.one("S-1", "S-2", "S-3"),
                country,
                bulk ? 40L : 1L,
                dice.oneIn(3) ? dice.oneOrNull(true, false) : null);
    }

    private Protection protection() {
        return dice.oneIn(6)
                ? dice.one(Protection.AGGREGATED, Protection.PSEUDONYMISED, Protection.UNKNOWN)
                : Protection.RAW;
    }

    private Destination destination() {
        return switch (dice.below(12)) {
            case 0 -> new Destination(dice.one("tokyo-1", "us-enclave", "dublin-1", "nowhere-1"), null);
            case 1 -> new Destination(null, dice.one("JP", "CN", "DE", "US"));
            case 2 -> new Destination("tokyo-1", dice.one("JP", "US", "CN"));
            default -> new Destination(null, null);
        };
    }

    private @Nullable GatewayUse gateway() {
        return dice.oneIn(4) ? null : new GatewayUse(dice.one("G-1", "G-2"), null, dice.oneOrNull("b1", "b2"));
    }

    /** The same event again; the timestamp may be another. */
    Arrival again(Arrival event) {
        return new Arrival(
                event.topic(), event.key(), event.payload(), event.timestamp().plusSeconds(dice.below(3)));
    }

    /** Another event with the id of this one. */
    Arrival reused(Arrival event) {
        AccessEvent other = (AccessEvent) ((Arrival.Value) event().payload()).record();
        AccessEvent first = (AccessEvent) ((Arrival.Value) event.payload()).record();
        other.setEventId(first.getEventId());
        if (dice.oneIn(2)) {
            other.setSubject(first.getSubject());
        }
        return arrival(other, other.getOccurredAt());
    }

    /** A record that must be rejected and play no part. */
    Arrival invalid() {
        Arrival valid = event();
        AccessEvent event = (AccessEvent) ((Arrival.Value) valid.payload()).record();
        switch (dice.below(5)) {
            case 0 -> event.setCategories(List.of());
            case 1 -> event.setByteCount(-1);
            case 2 -> event.getSubject().setCountry("ie");
            case 3 -> {
                return arrival(
                        event, event.getOccurredAt().minus(Duration.ofHours(24)).minusMillis(1));
            }
            default -> {
                Arrival.Payload payload = dice.one(new Arrival.Tombstone(), new Arrival.Raw("no avro".getBytes(UTF_8)));
                return new Arrival(valid.topic(), valid.key(), payload, valid.timestamp());
            }
        }
        return valid;
    }
}
