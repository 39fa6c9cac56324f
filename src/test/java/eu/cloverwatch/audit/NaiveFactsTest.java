package eu.cloverwatch.audit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.audit.NaiveFacts.Revision;
import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.Timeline.Version;
import eu.cloverwatch.policy.Policy;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.v1.LocationSource;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts of one key, whatever the order in which they arrive, against a list of them that is gone through each time. */
class NaiveFactsTest {

    private static final int HISTORIES = 1_000;
    private static final int SPAN = 8;
    private static final Policy POLICY = PolicyDocument.parse("""
                    policy_id: test
                    effective_from: 2023-03-08T00:00:00Z
                    protected_residents: [DE]
                    region: [DE]
                    sites: [{id: dublin-1, country: IE}]
                    restricted_categories: [NAME]
                    """).policy();
    private static final List<String> COUNTRIES = List.of("DE", "FR", "IE", "CN", "US", "SG", "JP", "BR");

    /** @param country null: a tombstone */
    private record Arrived(
            Instant effectiveFrom,
            Instant recordedAt,
            @Nullable String country) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theyAnswerAsTheListDoes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < HISTORIES; i++) {
            NaiveFacts facts = new NaiveFacts();
            List<Arrived> arrived = new ArrayList<>();
            for (int n = random.nextInt(12); n >= 0; n--) {
                Arrived next = next(random);
                arrived.add(next);
                facts.add(arrival(next));
            }
            for (int t = -1; t <= SPAN; t++) {
                for (Instant knownAt : List.of(at(-1), at(2), at(5), NaiveFacts.NOW)) {
                    assertThat(answer(facts.location("E-1", at(t), knownAt)))
                            .as("seed %d, history %d, t %d, known at %s of %s", seed, i, t, knownAt, arrived)
                            .isEqualTo(expected(arrived, at(t), knownAt));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void thePolicyInForceIsTheOneThatTheListGives(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < HISTORIES; i++) {
            NaiveFacts facts = new NaiveFacts();
            List<Revision> arrived = new ArrayList<>();
            for (int n = random.nextInt(6); n >= 0; n--) {
                Revision next = new Revision(at(random.nextInt(SPAN)), at(random.nextInt(SPAN)), POLICY);
                arrived.add(next);
                facts.add(next);
            }
            for (int t = -1; t <= SPAN; t++) {
                for (Instant knownAt : List.of(at(-1), at(2), at(5), NaiveFacts.NOW)) {
                    assertThat(facts.policy(at(t), knownAt))
                            .as("seed %d, history %d, t %d, known at %s of %s", seed, i, t, knownAt, arrived)
                            .isSameAs(inForce(arrived, at(t), knownAt));
                }
            }
        }
    }

    /** The last of the greatest. */
    private static @Nullable Revision inForce(List<Revision> arrived, Instant t, Instant knownAt) {
        return arrived.stream()
                .filter(revision -> !revision.inForceFrom().isAfter(t)
                        && !revision.recordedAt().isAfter(knownAt))
                .reduce((best, revision) -> Comparator.comparing(Revision::inForceFrom)
                                        .thenComparing(Revision::recordedAt)
                                        .compare(revision, best)
                                >= 0
                        ? revision
                        : best)
                .orElse(null);
    }

    private static Arrived next(Random random) {
        if (random.nextInt(5) == 0) {
            Instant time = at(random.nextInt(SPAN));
            return new Arrived(time, time, null);
        }
        return new Arrived(
                at(random.nextInt(SPAN)), at(random.nextInt(SPAN)), COUNTRIES.get(random.nextInt(COUNTRIES.size())));
    }

    private static Arrival arrival(Arrived fact) {
        Arrival.Payload payload = fact.country() == null
                ? new Arrival.Tombstone()
                : new Arrival.Value(eu.cloverwatch.v1.EmployeeLocation.newBuilder()
                        .setEmployeeId("E-1")
                        .setCountry(fact.country())
                        .setEffectiveFrom(fact.effectiveFrom())
                        .setRecordedAt(fact.recordedAt())
                        .setSource(LocationSource.HR)
                        .build());
        return new Arrival(Topic.EMPLOYEE_LOCATIONS, "E-1", payload, fact.recordedAt());
    }

    /** The last of the greatest. */
    private static @Nullable Arrived expected(List<Arrived> arrived, Instant t, Instant knownAt) {
        return arrived.stream()
                .filter(fact ->
                        !fact.effectiveFrom().isAfter(t) && !fact.recordedAt().isAfter(knownAt))
                .reduce((best, fact) -> Comparator.comparing(Arrived::effectiveFrom)
                                        .thenComparing(Arrived::recordedAt)
                                        .compare(fact, best)
                                >= 0
                        ? fact
                        : best)
                .orElse(null);
    }

    private static @Nullable Arrived answer(@Nullable Version<EmployeeLocation> version) {
        if (version == null) {
            return null;
        }
        EmployeeLocation location = version.value();
        return new Arrived(version.effectiveFrom(), version.recordedAt(), location == null ? null : location.country());
    }

    private static Instant at(int second) {
        return Instant.parse("2024-06-05T00:00:00Z").plusSeconds(second);
    }
}
