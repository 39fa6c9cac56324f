package eu.cloverwatch.policy.compare;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.ActorType;
import eu.cloverwatch.model.AgeBand;
import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.GatewayStatus;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.LocationSource;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Operation;
import eu.cloverwatch.model.Protection;
import eu.cloverwatch.model.SampleEvent;
import eu.cloverwatch.model.SubjectConsent;
import eu.cloverwatch.model.SubjectConsent.Grant;
import eu.cloverwatch.model.SubjectId;
import eu.cloverwatch.policy.Flow;
import eu.cloverwatch.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Any event with any facts: several recipients, several faults, names that no policy knows. Not made from the walk. */
record RandomEvent(
        AccessEvent event,
        Lookup<EmployeeLocation> location,
        Lookup<SubjectConsent> consent,
        Lookup<GatewayApproval> gateway) {

    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final List<String> COUNTRIES = List.of("DE", "US", "JP", "CN", "BR");
    private static final List<String> SITES = List.of("east", "west", "only-0", "only-1", "nowhere");
    private static final List<String> CATEGORIES = List.of("NAME", "EMAIL", "PUBLIC_VIDEO", "VIEW_HISTORY");
    private static final List<String> PURPOSES = List.of("ADVERTISING", "RESEARCH", "SUPPORT");

    Judgement judgedBy(Policy policy) {
        return Flow.of(event, policy, location).conclude(consent, gateway);
    }

    /** Null: nobody knows. */
    @Nullable String residence() {
        String named = event.subject().country();
        return named == null && consent instanceof Lookup.Known<SubjectConsent> known
                ? known.value().residenceCountry()
                : named;
    }

    boolean minor() {
        Boolean named = event.subject().minor();
        return named != null
                ? named
                : consent instanceof Lookup.Known<SubjectConsent> known
                        && known.value().ageBand() == AgeBand.MINOR;
    }

    static RandomEvent of(Random random) {
        String purpose = pick(random, PURPOSES);
        boolean bulk = random.nextInt(6) == 0;
        SampleEvent event = SampleEvent.event()
                .at(at(random))
                .operation(pick(random, List.of(Operation.values())))
                .actor(pick(random, List.of(ActorType.values())), "A-1")
                .subject(bulk ? null : "S-1", maybe(random, COUNTRIES))
                .minor(maybe(random, List.of(true, false)))
                .categories(some(random, CATEGORIES).toArray(String[]::new))
                .protection(pick(random, List.of(Protection.values())))
                .from(pick(random, SITES))
                .to(maybe(random, SITES), maybe(random, COUNTRIES))
                .purpose(purpose);
        boolean through = random.nextInt(5) > 0;
        if (through) {
            event.through("G-1", random.nextInt(4) == 0 ? "sha256:other" : "sha256:reviewed");
        }
        return new RandomEvent(
                event.build(),
                location(random),
                bulk ? Lookup.absent() : consent(random, purpose),
                through ? gateway(random, purpose) : Lookup.absent());
    }

    /** At the borders of the random policies, just before them, and between. */
    private static Instant at(Random random) {
        Instant border = Instant.parse(pick(random, RandomPolicy.TIMES));
        return border.plusMillis(pick(random, List.of(-1_000_000_000L, -1L, 0L, 1L, 1_000_000_000L)));
    }

    private static Lookup<EmployeeLocation> location(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Lookup.absent();
            case 1 -> Lookup.beyondHistory();
            default ->
                new Lookup.Known<>(
                        new EmployeeLocation(
                                "A-1",
                                pick(random, COUNTRIES),
                                null,
                                null,
                                LONG_AGO,
                                LONG_AGO,
                                LocationSource.HR,
                                false),
                        LONG_AGO);
        };
    }

    private static Lookup<SubjectConsent> consent(Random random, String purpose) {
        return switch (random.nextInt(6)) {
            case 0 -> Lookup.absent();
            case 1 -> Lookup.beyondHistory();
            default ->
                new Lookup.Known<>(
                        new SubjectConsent(
                                new SubjectId("S-1"),
                                pick(random, COUNTRIES),
                                pick(random, List.of(AgeBand.values())),
                                LONG_AGO,
                                LONG_AGO,
                                random.nextInt(4) == 0
                                        ? List.of()
                                        : List.of(new Grant(
                                                purpose,
                                                random.nextInt(4) > 0,
                                                random.nextBoolean() ? List.of() : some(random, COUNTRIES)))),
                        LONG_AGO);
        };
    }

    private static Lookup<GatewayApproval> gateway(Random random, String purpose) {
        return switch (random.nextInt(8)) {
            case 0 -> Lookup.absent();
            case 1 -> Lookup.beyondHistory();
            default ->
                new Lookup.Known<>(
                        new GatewayApproval(
                                "G-1",
                                "east",
                                random.nextInt(4) > 0
                                        ? GatewayStatus.APPROVED
                                        : pick(random, List.of(GatewayStatus.values())),
                                "partner",
                                LONG_AGO,
                                random.nextInt(5) == 0 ? Instant.parse(RandomPolicy.TIMES.get(0)) : null,
                                LONG_AGO,
                                random.nextBoolean() ? List.of("*") : some(random, COUNTRIES),
                                random.nextInt(4) > 0 ? List.of("*") : some(random, CATEGORIES),
                                random.nextInt(4) > 0 ? List.of("*") : some(random, PURPOSES),
                                random.nextBoolean() ? List.of() : List.of("sha256:reviewed")),
                        LONG_AGO);
        };
    }

    private static List<String> some(Random random, List<String> values) {
        List<String> some = new ArrayList<>(
                values.stream().filter(value -> random.nextInt(3) == 0).toList());
        if (some.isEmpty()) {
            some.add(pick(random, values));
        }
        return some;
    }

    private static <T> T pick(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static <T> @Nullable T maybe(Random random, List<T> values) {
        return random.nextInt(3) == 0 ? null : pick(random, values);
    }
}
