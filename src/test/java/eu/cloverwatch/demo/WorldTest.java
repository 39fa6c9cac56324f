package eu.cloverwatch.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.cloverwatch.model.Countries;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.v1.EmployeeLocation;
import eu.cloverwatch.v1.GatewayApproval;
import eu.cloverwatch.v1.PolicyRevision;
import eu.cloverwatch.v1.SubjectConsent;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.AvroBytes;
import eu.cloverwatch.wire.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldTest {

    private static final int EVENTS = 20_000;
    private static final Set<Outcome> COMPLIANT =
            Set.of(Outcome.OUT_OF_SCOPE, Outcome.EXEMPT, Outcome.IN_REGION, Outcome.GATEWAY_APPROVED);

    @Test
    void theSameSeedGivesTheSameWorld() {
        World one = World.generate(7, 3_000);
        World other = World.generate(7, 3_000);

        assertThat(texts(all(one))).isEqualTo(texts(all(other)));
        assertThat(new ArrayList<>(one.planted().entrySet()))
                .isEqualTo(new ArrayList<>(other.planted().entrySet()));
    }

    @Test
    void anotherSeedGivesAnotherWorld() {
        World one = World.generate(7, 3_000);
        World other = World.generate(8, 3_000);

        assertThat(texts(all(one))).doesNotContainAnyElementsOf(eventsOf(texts(all(other))));
        assertThat(one.planted().keySet())
                .doesNotContainAnyElementsOf(other.planted().keySet());
    }

    private static List<String> eventsOf(List<String> texts) {
        return texts.stream()
                .filter(text -> text.startsWith("ACCESS_EVENTS") && text.contains("purpose"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 4711})
    void everyRuleThatAnEventAloneCanBreakIsPlantedSeveralTimes(long seed) {
        World world = World.generate(seed, EVENTS);
        all(world);

        Map<String, Integer> counts = new TreeMap<>();
        world.planted().values().forEach(p -> p.rules().forEach(rule -> counts.merge(rule, 1, Integer::sum)));
        for (Rule rule : Rule.values()) {
            if (rule == Rule.HISTORY_EXPIRED) { // what is expired depends on who keeps the history
                assertThat(counts).doesNotContainKey(rule.name());
            } else {
                assertThat(counts.get(rule.name())).as(rule.name()).isGreaterThan(10);
            }
        }
        assertThat(world.planted().values()).anyMatch(planted -> planted.rules().size() > 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 4711})
    void mostTrafficIsCompliantAndEveryOutcomeOccurs(long seed) {
        World world = World.generate(seed, EVENTS);
        all(world);

        assertThat(world.outcomes()).hasSize(Outcome.values().length).doesNotContainValue(0L);
        long compliant = COMPLIANT.stream().mapToLong(world.outcomes()::get).sum();
        assertThat(compliant).isGreaterThan(EVENTS * 94L / 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 40, 200, 1_000})
    void aWorldOfAnySizeHasAsManyEventsAsAskedFor(int size) {
        World world = World.generate(3, size);

        List<Arrival> arrivals = all(world);

        assertThat(arrivals.stream().filter(WorldTest::isEvent)).hasSize(size);
        assertThat(arrivals).hasSize(size + world.facts().size());
        assertThat(sum(world.outcomes())).isEqualTo(size);
    }

    @Test
    void aWorldWithoutEventsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> World.generate(1, 0))
                .withMessage("expected at least 1 event, got 0");
    }

    @Test
    void twoHundredEventsAreEnoughForSomeViolations() {
        World world = World.generate(5, 200);
        all(world);

        assertThat(world.planted()).hasSizeGreaterThan(4);
    }

    @Test
    void noFactIsLate() {
        World world = World.generate(7, EVENTS);
        long policies = world.facts().stream()
                .filter(fact -> fact.topic() == Topic.POLICIES)
                .count();

        List<Arrival> arrivals = all(world);

        assertThat(arrivals.subList(0, (int) policies)).allMatch(arrival -> arrival.topic() == Topic.POLICIES);
        assertThat(arrivals.subList((int) policies, arrivals.size()))
                .isSortedAccordingTo((a, b) -> a.timestamp().compareTo(b.timestamp()));
        for (Arrival fact : world.facts()) {
            if (fact.payload() instanceof Arrival.Value value) {
                assertThat(recordedAt(value.record())).isEqualTo(fact.timestamp());
                assertThat(recordedAt(value.record())).isBeforeOrEqualTo(effectiveFrom(value.record()));
            }
        }
    }

    @Test
    void whatIsSentAgainOrBrokenIsCounted() {
        World world = World.generate(7, EVENTS);
        Map<String, SpecificRecord> first = new HashMap<>();
        long duplicates = 0;
        long rejected = 0;

        for (Arrival arrival : events(world)) {
            if (!(arrival.payload() instanceof Arrival.Value value)
                    || !(value.record() instanceof AccessEvent event)
                    || !keepsTheContract(event)) {
                rejected++;
                continue;
            }
            assertThat(arrival.key()).isEqualTo(event.getActor().getId());
            SpecificRecord earlier = first.putIfAbsent(event.getEventId(), event);
            if (earlier != null && earlier.equals(event)) {
                duplicates++;
            } else if (earlier != null) {
                rejected++;
            }
        }

        assertThat(duplicates)
                .isEqualTo(world.outcomes().get(Outcome.DUPLICATE))
                .isGreaterThan(20);
        assertThat(rejected).isEqualTo(world.outcomes().get(Outcome.REJECTED)).isGreaterThan(20);
        assertThat(first.keySet()).containsAll(world.planted().keySet());
    }

    private static boolean keepsTheContract(AccessEvent event) {
        String country = event.getSubject().getCountry();
        return !event.getEventId().isEmpty()
                && event.getEventId().length() <= 128
                && !event.getCategories().isEmpty()
                && event.getRecordCount() >= 0
                && event.getByteCount() >= 0
                && event.getSubject().getCount() >= 0
                && (country == null || Countries.isCountry(country));
    }

    @Test
    void everyRecordSurvivesAvro() {
        for (Arrival arrival : all(World.generate(7, 2_000))) {
            if (arrival.payload() instanceof Arrival.Value value) {
                assertThat(roundTrip(value.record())).isEqualTo(value.record());
                assertThat(value.record().getSchema())
                        .isEqualTo(arrival.topic().schema().orElseThrow());
            }
        }
    }

    private static SpecificRecord roundTrip(SpecificRecord record) {
        return AvroBytes.read(AvroBytes.write(record), 0, record.getSchema(), SpecificRecord.class);
    }

    @Test
    void someEventsAreAtTheInstantAtWhichAFactBegins() {
        World world = World.generate(7, EVENTS);
        Set<Instant> beginnings = new HashSet<>();
        world.facts()
                .forEach(fact -> beginnings.add(
                        fact.payload() instanceof Arrival.Value value
                                ? effectiveFrom(value.record())
                                : fact.timestamp()));

        assertThat(events(world).stream().filter(event -> beginnings.contains(event.timestamp())))
                .hasSizeGreaterThan(20);
    }

    private static List<Arrival> all(World world) {
        return drain(world.arrivals());
    }

    private static List<Arrival> events(World world) {
        return drain(world.events());
    }

    private static List<Arrival> drain(Iterator<Arrival> iterator) {
        List<Arrival> arrivals = new ArrayList<>();
        iterator.forEachRemaining(arrivals::add);
        return arrivals;
    }

    private static boolean isEvent(Arrival arrival) {
        return arrival.topic() == Topic.ACCESS_EVENTS;
    }

    private static long sum(Map<Outcome, Long> outcomes) {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    private static List<String> texts(List<Arrival> arrivals) {
        return arrivals.stream().map(WorldTest::text).toList();
    }

    private static String text(Arrival arrival) {
        String payload = arrival.payload() instanceof Arrival.Raw raw
                ? Arrays.toString(raw.bytes())
                : arrival.payload().toString();
        return arrival.topic() + " " + arrival.key() + " " + arrival.timestamp() + " " + payload;
    }

    private static Instant effectiveFrom(SpecificRecord record) {
        if (record instanceof EmployeeLocation location) {
            return location.getEffectiveFrom();
        } else if (record instanceof SubjectConsent consent) {
            return consent.getEffectiveFrom();
        } else if (record instanceof GatewayApproval approval) {
            return approval.getEffectiveFrom();
        }
        return ((PolicyRevision) record).getEffectiveFrom();
    }

    private static Instant recordedAt(SpecificRecord record) {
        if (record instanceof EmployeeLocation location) {
            return location.getRecordedAt();
        } else if (record instanceof SubjectConsent consent) {
            return consent.getRecordedAt();
        } else if (record instanceof GatewayApproval approval) {
            return approval.getRecordedAt();
        }
        return ((PolicyRevision) record).getRecordedAt();
    }
}
