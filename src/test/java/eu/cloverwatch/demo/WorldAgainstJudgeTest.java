package eu.cloverwatch.demo;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.PolicyRevision;
import eu.cloverwatch.model.SubjectConsent;
import eu.cloverwatch.model.Timeline;
import eu.cloverwatch.model.Timeline.Version;
import eu.cloverwatch.model.Verdict;
import eu.cloverwatch.policy.Flow;
import eu.cloverwatch.policy.Policy;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.ModelRecords;
import eu.cloverwatch.wire.Topic;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two that know nothing of each other: the generator, which made the violations, and the judge, which looks for them. */
class WorldAgainstJudgeTest {

    private final Map<String, Timeline<EmployeeLocation>> locations = new HashMap<>();
    private final Map<String, Timeline<SubjectConsent>> consents = new HashMap<>();
    private final Map<String, Timeline<GatewayApproval>> gateways = new HashMap<>();
    private final TreeMap<Instant, Policy> policies = new TreeMap<>();
    private final Map<String, AccessEvent> remembered = new HashMap<>();
    private final Map<String, Planted> found = new LinkedHashMap<>();
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);

    @ParameterizedTest
    @CsvSource({"7, 20000", "8, 20000", "4711, 50000", "1, 1", "2, 37", "3, 500"})
    void theJudgeFindsWhatWasPlantedAndNothingElse(long seed, int events) {
        World world = World.generate(seed, events);

        world.facts().forEach(this::learn);
        world.events().forEachRemaining(event -> outcomes.merge(outcome(event), 1L, Long::sum));

        assertThat(found).containsExactlyInAnyOrderEntriesOf(world.planted());
        for (Outcome outcome : Outcome.values()) {
            assertThat(outcomes.getOrDefault(outcome, 0L))
                    .as(outcome.name())
                    .isEqualTo(world.outcomes().get(outcome));
        }
    }

    /** Facts as they become known, one by one, as the live monitor reads them. */
    @ParameterizedTest
    @CsvSource({"7, 20000", "12, 20000"})
    void theJudgeNeedsNoFactThatIsStillToCome(long seed, int events) {
        World world = World.generate(seed, events);

        world.arrivals().forEachRemaining(arrival -> {
            if (arrival.topic() == Topic.ACCESS_EVENTS) {
                outcomes.merge(outcome(arrival), 1L, Long::sum);
            } else {
                learn(arrival);
            }
        });

        assertThat(found).containsExactlyInAnyOrderEntriesOf(world.planted());
    }

    private void learn(Arrival fact) {
        switch (fact.topic()) {
            case POLICIES -> {
                PolicyRevision revision =
                        ModelRecords.policyRevision(record(fact, eu.cloverwatch.v1.PolicyRevision.class));
                policies.put(
                        revision.inForceFrom(),
                        PolicyDocument.parse(revision.document()).policy());
            }
            case EMPLOYEE_LOCATIONS ->
                learn(
                        locations,
                        fact,
                        eu.cloverwatch.v1.EmployeeLocation.class,
                        r -> ModelRecords.employeeLocation(r).version());
            case CONSENTS ->
                learn(
                        consents,
                        fact,
                        eu.cloverwatch.v1.SubjectConsent.class,
                        r -> ModelRecords.subjectConsent(r).version());
            default ->
                learn(
                        gateways,
                        fact,
                        eu.cloverwatch.v1.GatewayApproval.class,
                        r -> ModelRecords.gatewayApproval(r).version());
        }
    }

    private static <T, R> void learn(
            Map<String, Timeline<T>> timelines, Arrival fact, Class<R> type, Function<R, Version<T>> read) {
        Version<T> version = fact.payload() instanceof Arrival.Tombstone
                ? new Version<>(fact.timestamp(), fact.timestamp(), null)
                : read.apply(record(fact, type));
        String key = Objects.requireNonNull(fact.key());
        timelines.put(key, timelines.getOrDefault(key, Timeline.empty()).with(version));
    }

    private static <R> R record(Arrival arrival, Class<R> type) {
        return type.cast(((Arrival.Value) arrival.payload()).record());
    }

    private Outcome outcome(Arrival arrival) {
        if (!(arrival.payload() instanceof Arrival.Value)) {
            return Outcome.REJECTED;
        }
        AccessEvent event;
        try {
            event = ModelRecords.accessEvent(record(arrival, eu.cloverwatch.v1.AccessEvent.class));
        } catch (InvalidRecordException e) {
            return Outcome.REJECTED;
        }
        Judgement judgement = judge(event);
        if (!judgement.outcome().isRemembered()) {
            return judgement.outcome();
        }
        AccessEvent first = remembered.putIfAbsent(event.subject().id() + " " + event.eventId(), event);
        if (first != null) {
            return first.equals(event) ? Outcome.DUPLICATE : Outcome.REJECTED;
        }
        if (judgement.outcome() != Outcome.GATEWAY_APPROVED) {
            found.put(event.eventId(), planted(judgement));
        }
        return judgement.outcome();
    }

    private Judgement judge(AccessEvent event) {
        Instant t = event.occurredAt();
        Map.Entry<Instant, Policy> policy = policies.floorEntry(t);
        AccessEvent.GatewayUse gateway = event.gateway();
        return Flow.of(
                        event,
                        policy == null ? null : policy.getValue(),
                        asOf(locations, event.actor().id(), t))
                .conclude(
                        asOf(
                                consents,
                                event.subject().id() == null
                                        ? null
                                        : event.subject().id().value(),
                                t),
                        asOf(gateways, gateway == null ? null : gateway.id(), t));
    }

    private static <T> Lookup<T> asOf(Map<String, Timeline<T>> timelines, @Nullable String key, Instant t) {
        Timeline<T> timeline = key == null ? null : timelines.get(key);
        return timeline == null ? Lookup.absent() : timeline.asOf(t);
    }

    private static Planted planted(Judgement judgement) {
        Set<String> rules = new TreeSet<>();
        judgement.findings().forEach(finding -> rules.add(finding.rule().name()));
        return new Planted(rules, Verdict.valueOf(judgement.outcome().name()), judgement.severity());
    }
}
