package eu.cloverwatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.ActorType;
import eu.cloverwatch.model.AgeBand;
import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.GatewayStatus;
import eu.cloverwatch.model.LocationSource;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Operation;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Protection;
import eu.cloverwatch.model.SampleEvent;
import eu.cloverwatch.model.SubjectConsent;
import eu.cloverwatch.model.SubjectConsent.Grant;
import eu.cloverwatch.model.SubjectId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The two steps are the whole: what the first step settles no consent and no approval changes, and what it leaves open can
 * end otherwise or has to be remembered.
 */
class TwoStepsTest {

    private static final int EVENTS = 3_000;
    private static final List<String> COUNTRIES = List.of("DE", "FR", "CH", "US", "JP", "CN");
    private static final List<Policy> POLICIES = List.of(
            PolicyDocument.parse(JudgeFixture.POLICY).policy(),
            PolicyDocument.parse(JudgeFixture.POLICY.replace("destinations: [CN]", "destinations: any")
                            + "minors: {egress: allow}\n")
                    .policy(),
            PolicyDocument.parse(JudgeFixture.POLICY.replace("region: [DE, FR, IE, CH]", "region: [JP]"))
                    .policy());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 20_240_605})
    void theFirstStepSaysAllThatTheSecondCannotChange(long seed) {
        Random random = new Random(seed);
        Set<Outcome> settledAs = EnumSet.noneOf(Outcome.class);
        for (int i = 0; i < EVENTS; i++) {
            AccessEvent event = event(random);
            Policy policy = random.nextInt(20) == 0 ? null : pick(random, POLICIES);
            Flow flow = Flow.of(event, policy, location(random));
            Optional<Outcome> settled = flow.settled();
            Set<Outcome> endings = endings(flow, event);
            if (settled.isPresent()) {
                settledAs.add(settled.get());
                assertThat(endings).as("seed %d, event %d: %s", seed, i, event).containsOnly(settled.get());
            } else {
                assertThat(endings)
                        .as("seed %d, event %d: %s", seed, i, event)
                        .matches(all -> all.size() > 1 || all.stream().anyMatch(Outcome::isRemembered));
            }
        }
        assertThat(settledAs)
                .as("what seed %d tried", seed)
                .containsExactlyInAnyOrder(Outcome.OUT_OF_SCOPE, Outcome.EXEMPT, Outcome.IN_REGION);
    }

    private static Set<Outcome> endings(Flow flow, AccessEvent event) {
        Set<Outcome> endings = EnumSet.noneOf(Outcome.class);
        for (Lookup<SubjectConsent> consent : consents(event)) {
            for (Lookup<GatewayApproval> gateway : gateways(event)) {
                endings.add(flow.conclude(consent, gateway).outcome());
            }
        }
        return endings;
    }

    private static List<Lookup<SubjectConsent>> consents(AccessEvent event) {
        List<Lookup<SubjectConsent>> all = new ArrayList<>();
        all.add(Lookup.absent());
        SubjectId subject = event.subject().id();
        if (subject != null) {
            all.add(Lookup.beyondHistory());
            for (String residence : List.of("DE", "US")) {
                for (AgeBand age : AgeBand.values()) {
                    all.add(consent(subject, residence, age, List.of()));
                    all.add(consent(subject, residence, age, List.of(new Grant("ADVERTISING", true, List.of()))));
                }
            }
        }
        return all;
    }

    private static Lookup<SubjectConsent> consent(
            SubjectId subject, String residence, AgeBand age, List<Grant> grants) {
        return new Lookup.Known<>(
                new SubjectConsent(subject, residence, age, JudgeFixture.FACTS_FROM, JudgeFixture.FACTS_FROM, grants),
                JudgeFixture.FACTS_FROM);
    }

    private static List<Lookup<GatewayApproval>> gateways(AccessEvent event) {
        List<Lookup<GatewayApproval>> all = new ArrayList<>();
        all.add(Lookup.absent());
        if (event.gateway() != null) {
            all.add(Lookup.beyondHistory());
            all.add(known(JudgeFixture.approved("*")));
            all.add(known(JudgeFixture.approved("JP")));
            all.add(known(JudgeFixture.approval(
                    GatewayStatus.REVOKED, null, List.of(), List.of(), List.of(), List.of("sha256:a"))));
        }
        return all;
    }

    private static Lookup<GatewayApproval> known(GatewayApproval approval) {
        return new Lookup.Known<>(approval, approval.effectiveFrom());
    }

    private static AccessEvent event(Random random) {
        SampleEvent event = SampleEvent.event()
                .operation(pick(random, List.of(Operation.values())))
                .actor(pick(random, List.of(ActorType.values())), "A-1")
                .subject(maybe(random, List.of("S-1")), maybe(random, COUNTRIES))
                .minor(maybe(random, List.of(true, false)))
                .categories(pick(random, List.of("EMAIL", "VIEW_HISTORY", "PUBLIC_VIDEO")))
                .protection(pick(random, List.of(Protection.values())))
                .from(site(random))
                .to(maybe(random, List.of(site(random))), maybe(random, COUNTRIES))
                .purpose(pick(random, List.of("SUPPORT", "ADVERTISING")));
        if (random.nextBoolean()) {
            event.through("G-7", maybe(random, List.of("sha256:a")));
        }
        return event.build();
    }

    private static String site(Random random) {
        return pick(
                random,
                List.of("dublin-1", "dublin-1", "us-enclave", "singapore", "paris-office", "tokyo-office", "atlantis"));
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
                                JudgeFixture.FACTS_FROM,
                                JudgeFixture.FACTS_FROM,
                                LocationSource.HR,
                                false),
                        JudgeFixture.FACTS_FROM);
        };
    }

    private static <T> T pick(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static <T> @Nullable T maybe(Random random, List<T> values) {
        return random.nextInt(3) == 0 ? null : pick(random, values);
    }
}
