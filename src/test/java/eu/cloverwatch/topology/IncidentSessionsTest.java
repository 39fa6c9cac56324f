package eu.cloverwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.internal.v1.Contribution;
import eu.cloverwatch.internal.v1.IncidentChange;
import eu.cloverwatch.internal.v1.IncidentState;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.Incident;
import eu.cloverwatch.v1.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes and goes in whatever order: the incidents are those that one would cut with all violations at hand. */
class IncidentSessionsTest {

    private static final Duration GAP = Duration.ofMinutes(30);
    private static final Instant T = Instant.parse("2024-06-05T09:00:00Z");
    private static final int STEPS = 2_000;

    private KeyValueStore<byte[], Contribution> members;
    private KeyValueStore<byte[], byte[]> subjects;
    private KeyValueStore<byte[], IncidentState> incidents;
    private final List<IncidentState> ended = new ArrayList<>();
    private final List<IncidentState> settled = new ArrayList<>();
    private final Set<String> changed = new HashSet<>();
    private IncidentSessions sessions;

    /** What the violations are, by actor and id. */
    private final Map<String, Map<String, IncidentChange>> truth = new TreeMap<>();

    @BeforeEach
    void nothingHappened() {
        members = store("members", new StateCodec<>(Contribution.getClassSchema(), Contribution.class));
        subjects = store("subjects", Serdes.ByteArray());
        incidents = store("incidents", new StateCodec<>(IncidentState.getClassSchema(), IncidentState.class));
        sessions = sessions(GAP, IncidentCuts.MAX_COUNTED);
    }

    private IncidentSessions sessions(Duration gap, int maxCounted) {
        IncidentMembers all = new IncidentMembers(members, subjects);
        return new IncidentSessions(
                all, new IncidentCuts(all, maxCounted), incidents, gap, new IncidentSessions.Changes() {
                    @Override
                    public void changed(byte[] key) {
                        changed.add(java.util.HexFormat.of().formatHex(key));
                    }

                    @Override
                    public void settled(byte[] key, IncidentState incident) {
                        settled.add(incident);
                    }

                    @Override
                    public void left(byte[] key) {
                        changed.remove(java.util.HexFormat.of().formatHex(key));
                    }

                    @Override
                    public void ended(IncidentState incident) {
                        ended.add(incident);
                    }
                });
    }

    private static <V> KeyValueStore<byte[], V> store(String name, Serde<V> values) {
        KeyValueStore<byte[], V> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.ByteArray(), values)
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
        return store;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void violationsThatComeChangeAndGoLeaveWhatOneWouldCut(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < STEPS; i++) {
            IncidentChange change = random(random);
            Map<String, IncidentChange> ofActor = truth.computeIfAbsent(change.getActor(), actor -> new HashMap<>());
            IncidentChange before = ofActor.get(change.getViolationId());
            if (before != null) {
                change.setOccurredAt(before.getOccurredAt());
            }
            sessions.apply(change, T.plusSeconds(i));
            if (change.getContribution() == null) {
                ofActor.remove(change.getViolationId());
            } else {
                ofActor.put(change.getViolationId(), change);
            }
            assertThat(found()).as("seed " + seed + ", step " + i).isEqualTo(expected());
        }
        assertThat(ended)
                .as("nothing left")
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.getViolations()).isZero());
        truth.forEach((actor, violations) -> violations.values().forEach(this::settle));
        assertThat(found()).as("settled, seed " + seed).isEqualTo(expected());
        try (KeyValueIterator<byte[], IncidentState> all = incidents.all()) {
            all.forEachRemaining(entry -> assertThat(entry.value.getSettled()).isEqualTo(entry.value.getViolations()));
        }
        assertThat(settled)
                .as("told, seed " + seed)
                .hasSize(truth.values().stream().mapToInt(Map::size).sum());
        truth.forEach((actor, violations) -> violations.values().forEach(this::withdraw));
        assertThat(List.of(size(incidents), size(members), size(subjects), changed.size()))
                .as("entries left in stores, seed " + seed)
                .containsOnly(0L, 0);
    }

    /** As after restarts with other settings: each violation is in one incident all the same, and all figures are right. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anotherGapAndALimitOnWhatIsCountedCutOtherwiseButCountRight(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < STEPS; i++) {
            if (i % 10 == 0) {
                sessions = sessions(GAP.dividedBy(2).multipliedBy(random.nextInt(5) + 1), random.nextInt(5));
            }
            IncidentChange change = random(random);
            Map<String, IncidentChange> ofActor = truth.computeIfAbsent(change.getActor(), actor -> new HashMap<>());
            IncidentChange before = ofActor.get(change.getViolationId());
            if (before != null) {
                change.setOccurredAt(before.getOccurredAt());
            }
            sessions.apply(change, T.plusSeconds(i));
            if (change.getContribution() == null) {
                ofActor.remove(change.getViolationId());
            } else {
                ofActor.put(change.getViolationId(), change);
            }
            assertThat(found()).as("seed " + seed + ", step " + i).isEqualTo(countedWithinTheIncidentsThatThereAre());
        }
        truth.forEach((actor, violations) -> violations.values().forEach(this::withdraw));
        assertThat(List.of(size(incidents), size(members), size(subjects), changed.size()))
                .as("entries left in stores, seed " + seed)
                .containsOnly(0L, 0);
    }

    private List<String> countedWithinTheIncidentsThatThereAre() {
        List<String> counted = new ArrayList<>();
        int violations = 0;
        try (KeyValueIterator<byte[], IncidentState> all = incidents.all()) {
            while (all.hasNext()) {
                IncidentState incident = all.next().value;
                List<IncidentChange> run = truth.getOrDefault(incident.getActor(), Map.of()).values().stream()
                        .filter(change -> !change.getOccurredAt().isBefore(incident.getFirstAt())
                                && !change.getOccurredAt().isAfter(incident.getLastAt()))
                        .sorted(java.util.Comparator.comparing(IncidentChange::getOccurredAt))
                        .toList();
                violations += run.size();
                counted.add(incident(run).toString());
            }
        }
        assertThat(violations)
                .as("each is in one")
                .isEqualTo(truth.values().stream().mapToInt(Map::size).sum());
        return counted.stream().sorted().toList();
    }

    @Test
    void twoOfWhichBothAreTooLargeToBeCountedStayTwo() {
        sessions = sessions(GAP, 2);
        for (int i = 0; i < 3; i++) {
            sessions.apply(violation("a-" + i, T.plusSeconds(i)), T);
            sessions.apply(violation("b-" + i, T.plus(GAP).plusSeconds(10 + i)), T);
        }
        sessions.apply(violation("between", T.plus(GAP)), T);
        assertThat(violationsOfIncidents()).containsExactly(4L, 3L);
    }

    @Test
    void oneOfWhichBothPartsAreTooLargeToBeCountedStaysOne() {
        IncidentChange between = violation("between", T.plus(GAP));
        sessions.apply(between, T);
        for (int i = 0; i < 3; i++) {
            sessions.apply(violation("a-" + i, T.plusSeconds(i)), T);
            sessions.apply(violation("b-" + i, T.plus(GAP).plusSeconds(10 + i)), T);
        }
        sessions = sessions(GAP, 2);
        withdraw(between);
        assertThat(violationsOfIncidents()).containsExactly(6L);
        sessions = sessions(GAP, 3);
        sessions.apply(between, T);
        withdraw(between);
        assertThat(violationsOfIncidents()).containsExactly(3L, 3L);
    }

    private static IncidentChange violation(String id, Instant at) {
        IncidentChange change = random(new Random(1));
        change.setViolationId(id);
        change.setOccurredAt(at);
        change.setContribution(contribution(new Random(1)));
        return change;
    }

    private List<Long> violationsOfIncidents() {
        List<Long> violations = new ArrayList<>();
        try (KeyValueIterator<byte[], IncidentState> all = incidents.all()) {
            all.forEachRemaining(entry -> violations.add(entry.value.getViolations()));
        }
        return violations;
    }

    /** Twice, as when an id comes again after the look-back. */
    private void settle(IncidentChange change) {
        IncidentChange last = IncidentChange.newBuilder(change).build();
        last.getContribution().setSettled(true);
        sessions.apply(last, T);
        sessions.apply(last, T);
    }

    private void withdraw(IncidentChange change) {
        sessions.apply(IncidentChange.newBuilder(change).setContribution(null).build(), T);
    }

    private static IncidentChange random(Random random) {
        int violation = random.nextInt(40);
        return IncidentChange.newBuilder()
                .setViolationId("v-" + violation)
                .setRevision(random.nextInt(1_000_000))
                .setActorType(ActorType.EMPLOYEE)
                .setActor("E-" + violation % 2)
                // Many at the same time, and many exactly as far apart as the gap.
                .setOccurredAt(T.plus(GAP.dividedBy(2).multipliedBy(random.nextInt(40)))
                        .plusMillis(random.nextInt(5) == 0 ? 1 : 0))
                .setContribution(random.nextInt(3) == 0 ? null : contribution(random))
                .build();
    }

    private static Contribution contribution(Random random) {
        boolean bulk = random.nextInt(4) == 0;
        return Contribution.newBuilder()
                .setSeverity(Severity.values()[random.nextInt(Severity.values().length)])
                .setRules(random.nextBoolean() ? List.of("A") : List.of("A", "B" + random.nextInt(3)))
                .setDestination(
                        random.nextBoolean() ? null : List.of("CN", "JP", "US").get(random.nextInt(3)))
                .setBytes(random.nextInt(1_000))
                .setPseudonym(bulk ? null : "k1:" + random.nextInt(5))
                .setPeople(bulk ? random.nextInt(100) : 0)
                .build();
    }

    /** By actor and first time; without what depends on the order of arrival. */
    private List<String> found() {
        List<String> found = new ArrayList<>();
        try (KeyValueIterator<byte[], IncidentState> all = incidents.all()) {
            all.forEachRemaining(entry -> {
                assertThat(changed).contains(java.util.HexFormat.of().formatHex(entry.key));
                Incident incident = IncidentCounts.published(entry.value);
                incident.setIncidentId("");
                found.add(incident.toString());
            });
        }
        return found.stream().sorted().toList();
    }

    private List<String> expected() {
        List<String> expected = new ArrayList<>();
        for (Map<String, IncidentChange> violations : truth.values()) {
            List<IncidentChange> sorted = new ArrayList<>(violations.values());
            sorted.sort(java.util.Comparator.comparing(IncidentChange::getOccurredAt));
            List<IncidentChange> run = new ArrayList<>();
            for (IncidentChange next : sorted) {
                if (!run.isEmpty()
                        && Duration.between(run.get(run.size() - 1).getOccurredAt(), next.getOccurredAt())
                                        .compareTo(GAP)
                                > 0) {
                    expected.add(incident(run).toString());
                    run = new ArrayList<>();
                }
                run.add(next);
            }
            if (!run.isEmpty()) {
                expected.add(incident(run).toString());
            }
        }
        return expected.stream().sorted().toList();
    }

    private static Incident incident(List<IncidentChange> run) {
        Set<String> rules = new TreeSet<>();
        Set<String> destinations = new TreeSet<>();
        Set<String> pseudonyms = new HashSet<>();
        Severity severity = Severity.INFO;
        long people = 0;
        long bytes = 0;
        for (IncidentChange change : run) {
            Contribution contribution = change.getContribution();
            rules.addAll(contribution.getRules());
            add(destinations, contribution.getDestination());
            add(pseudonyms, contribution.getPseudonym());
            severity = contribution.getSeverity().compareTo(severity) > 0 ? contribution.getSeverity() : severity;
            people += contribution.getPeople();
            bytes += contribution.getBytes();
        }
        return Incident.newBuilder()
                .setIncidentId("")
                .setActor(run.get(0).getActor())
                .setRules(List.copyOf(rules))
                .setSeverity(severity)
                .setFirstAt(run.get(0).getOccurredAt())
                .setLastAt(run.get(run.size() - 1).getOccurredAt())
                .setViolations(run.size())
                .setSubjects(pseudonyms.size() + people)
                .setBytes(bytes)
                .setDestinations(List.copyOf(destinations))
                .setStatus(eu.cloverwatch.v1.IncidentStatus.OPEN)
                .build();
    }

    private static void add(Set<String> set, @Nullable String value) {
        if (value != null) {
            set.add(value);
        }
    }

    private static long size(KeyValueStore<byte[], ?> store) {
        return store.approximateNumEntries();
    }
}
