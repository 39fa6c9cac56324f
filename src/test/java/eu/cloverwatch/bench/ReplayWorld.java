package eu.cloverwatch.bench;

import eu.cloverwatch.model.Outcome;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A month of events of which each is made from its number alone, so that millions cost little and what comes of each is known
 * without judging it. One in twenty leaves the region.
 *
 * @param events their numbers are from 0, inclusive, to this, exclusive
 * @param subjects of whom they are, drawn evenly
 */
record ReplayWorld(long events, long subjects) {

    static final Instant FROM = Instant.parse("2025-03-01T00:00:00Z");
    static final Instant TO = FROM.plus(Duration.ofDays(30));

    /** Countries of the region where people live and work; the policy protects them. */
    static final List<String> REGION = List.of("IE", "DE", "FR", "NO", "GB", "PL", "ES", "IT");

    private static final List<String> CATEGORIES =
            List.of("EMAIL", "NAME", "PHONE_NUMBER", "VIEW_HISTORY", "DEVICE_ID", "CONTACTS");
    private static final String PREFIX = "access-";

    /** What an event is made for. Of 10,000 so many are of each. */
    enum Kind {
        APPROVED(440),
        FOR_ADVERTISING(40),
        NO_GATEWAY(15),
        REVOKED_GATEWAY(4),
        NOBODY_KNOWS_WHERE(1),
        NOT_PROTECTED(1_000),
        AGGREGATED(500),
        STAYS(8_000);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    static String eventId(long number) {
        return PREFIX + String.format(Locale.ROOT, "%016x", number);
    }

    static long number(String eventId) {
        return Long.parseLong(eventId.substring(PREFIX.length()), 16);
    }

    /** The same number is always of the same kind. */
    static Kind kind(long number) {
        int drawn = (int) Long.remainderUnsigned(mixed(number), 10_000);
        for (Kind kind : Kind.values()) {
            drawn -= kind.weight;
            if (drawn < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("the weights do not add up");
    }

    /** What has to come of it. */
    Outcome outcome(long number) {
        return switch (kind(number)) {
            case APPROVED -> Outcome.GATEWAY_APPROVED;
            case FOR_ADVERTISING ->
                ReplayFacts.consentsToAdvertising(subject(number)) ? Outcome.GATEWAY_APPROVED : Outcome.VIOLATION;
            case NO_GATEWAY, REVOKED_GATEWAY -> Outcome.VIOLATION;
            case NOBODY_KNOWS_WHERE -> Outcome.UNDECIDABLE;
            case NOT_PROTECTED -> Outcome.OUT_OF_SCOPE;
            case AGGREGATED -> Outcome.EXEMPT;
            case STAYS -> Outcome.IN_REGION;
        };
    }

    /** Of all events; all eight. */
    Map<Outcome, Long> outcomes() {
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, 0L);
        }
        for (long number = 0; number < events; number++) {
            counts.merge(outcome(number), 1L, Long::sum);
        }
        return counts;
    }

    Arrival event(long number) {
        Instant occurredAt = FROM.plusMillis(number * Duration.between(FROM, TO).toMillis() / events);
        Actor actor = actor(number);
        AccessEvent event = new AccessEvent(
                eventId(number),
                occurredAt,
                "mailbox-" + number % 40,
                Operation.READ,
                actor,
                new Subject(ReplayFacts.subjectId(subject(number)), country(number), 1L, null),
                List.of(CATEGORIES.get((int) (number % 6)), CATEGORIES.get((int) ((number + 1) % 6))),
                kind(number) == Kind.AGGREGATED ? Protection.AGGREGATED : Protection.RAW,
                1 + number % 9,
                500 + number % 5_000,
                "dublin-1",
                new Destination(null, leavesByDestination(number) ? "US" : null),
                gateway(number),
                kind(number) == Kind.FOR_ADVERTISING ? "ADVERTISING" : "SUPPORT",
                Long.toHexString(mixed(~number)));
        return new Arrival(Topic.ACCESS_EVENTS, actor.getId(), new Arrival.Value(event), occurredAt.plusSeconds(2));
    }

    private long subject(long number) {
        return Long.remainderUnsigned(mixed(number + events), subjects);
    }

    /** Of those that leave, every other event leaves the country to the subject's own record. */
    private @Nullable String country(long number) {
        return switch (kind(number)) {
            case NOT_PROTECTED -> "US";
            case STAYS, AGGREGATED -> ReplayFacts.residence(subject(number));
            default -> mixed(number) < 0 ? null : ReplayFacts.residence(subject(number));
        };
    }

    /** Two of three are people: at home, or for half of what leaves abroad. */
    private static Actor actor(long number) {
        Kind kind = kind(number);
        long drawn = mixed(number) >>> 20;
        if (kind == Kind.NOBODY_KNOWS_WHERE) {
            return new Actor(ActorType.EMPLOYEE, "E-unheard-of-" + drawn % 50, "192.0.2.7");
        }
        if (leaves(kind) && !leavesByDestination(number)) {
            return new Actor(ActorType.EMPLOYEE, ReplayFacts.abroad(drawn), "192.0.2.8");
        }
        return drawn % 3 == 0
                ? new Actor(ActorType.SERVICE, "service-" + drawn % 200, null)
                : new Actor(ActorType.EMPLOYEE, ReplayFacts.atHome(drawn), "192.0.2.9");
    }

    private static boolean leavesByDestination(long number) {
        Kind kind = kind(number);
        return leaves(kind) && kind != Kind.NOBODY_KNOWS_WHERE && (mixed(number) & 1 << 16) == 0;
    }

    private static boolean leaves(Kind kind) {
        return kind.compareTo(Kind.NOBODY_KNOWS_WHERE) <= 0;
    }

    private static @Nullable GatewayUse gateway(long number) {
        return switch (kind(number)) {
            case APPROVED, FOR_ADVERTISING, NOBODY_KNOWS_WHERE ->
                new GatewayUse(ReplayFacts.approvedGateway(number), "pass-" + number, null);
            case REVOKED_GATEWAY -> new GatewayUse(ReplayFacts.REVOKED, "pass-" + number, null);
            default -> null;
        };
    }

    /** SplitMix64's output function: neighbours have nothing in common. */
    private static long mixed(long number) {
        long z = (number + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
