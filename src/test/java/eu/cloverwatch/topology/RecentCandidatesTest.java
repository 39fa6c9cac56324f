package eu.cloverwatch.topology;

import static eu.cloverwatch.topology.Access.event;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.internal.v1.LookupState;
import eu.cloverwatch.internal.v1.Origin;
import eu.cloverwatch.internal.v1.RecentCandidate;
import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.wire.ModelRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.Test;

/** Candidates of several source partitions that meet in one. */
class RecentCandidatesTest {

    private static final Instant T = Instant.parse("2024-06-05T09:00:00Z");
    private static final Duration LOOKBACK = Duration.ofHours(1);

    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    private final KeyValueStore<byte[], RecentCandidate> candidates = open(StateStores.RECENT_CANDIDATES);
    private final KeyValueStore<byte[], byte[]> byTime = open(StateStores.RECENT_BY_TIME);
    private final KeyValueStore<String, Long> streamTimes = open(StateStores.STREAM_TIMES);
    private final RecentCandidates recent =
            new RecentCandidates(candidates, byTime, streamTimes, settings(LOOKBACK), violation -> {});

    private static TopologySettings settings(Duration lookback) {
        return TopologyHarness.settings(Map.of(), 1, TopologySettings.StoreKind.IN_MEMORY, lookback);
    }

    @SuppressWarnings("unchecked")
    private <K, V> KeyValueStore<K, V> open(String name) {
        StoreBuilder<?> builder = new StateStores(settings(LOOKBACK))
                .all().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        KeyValueStore<K, V> store = (KeyValueStore<K, V>)
                builder.withLoggingDisabled().withCachingDisabled().build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    private static AccessEvent model(String eventId, Instant at) {
        return ModelRecords.accessEvent(event(eventId, at).avro());
    }

    private void remember(String eventId, int partition, Instant at) {
        recent.remember(
                model(eventId, at),
                RecentCandidate.newBuilder()
                        .setOrigin(new Origin("events", partition, 0L, 0L))
                        .setLane(partition)
                        .setTakesId(true)
                        .setEvent(event(eventId, at).avro())
                        .setLocationState(LookupState.ABSENT)
                        .build());
    }

    private boolean isRemembered(String eventId) {
        return recent.find(model(eventId, T)).isPresent();
    }

    private static <K, V> int size(KeyValueStore<K, V> store) {
        int size = 0;
        try (KeyValueIterator<K, V> all = store.all()) {
            for (; all.hasNext(); all.next()) {
                size++;
            }
        }
        return size;
    }

    @Test
    void anotherPartitionsTimeForgetsNothing() {
        recent.lookback().advance(0, T, false);
        remember("ev-1", 0, T);

        recent.lookback().advance(1, T.plus(LOOKBACK).plusMillis(1), false);
        assertThat(isRemembered("ev-1")).isTrue();

        recent.lookback().advance(0, T.plus(LOOKBACK).plusMillis(1), false);
        assertThat(isRemembered("ev-1")).isFalse();
    }

    @Test
    void aPartitionThatIsBehindIsRememberedByItsOwnTime() {
        recent.lookback().advance(0, T, false);
        recent.lookback().advance(1, T.minus(Duration.ofDays(30)), false);
        remember("ev-1", 1, T.minus(Duration.ofDays(30)));
        assertThat(isRemembered("ev-1")).isTrue();
    }

    @Test
    void theLastMomentOfTheLookBackIsRemembered() {
        recent.lookback().advance(0, T, false);
        remember("ev-1", 0, T.minus(LOOKBACK));
        remember("ev-2", 0, T.minus(LOOKBACK).minusMillis(1));
        assertThat(isRemembered("ev-1")).isTrue();
        assertThat(isRemembered("ev-2")).isFalse();

        recent.lookback().advance(0, T.plusMillis(1), false);
        assertThat(isRemembered("ev-1")).isFalse();
    }

    @Test
    void aShorterLookBackAfterARestartForgetsAllThatItHasPassed() {
        recent.lookback().advance(0, T, false);
        remember("ev-1", 0, T.minus(LOOKBACK));
        remember("ev-2", 0, T);

        Duration shorter = LOOKBACK.dividedBy(2);
        RecentCandidates restarted =
                new RecentCandidates(candidates, byTime, streamTimes, settings(shorter), violation -> {});
        restarted.lookback().advance(0, T.plus(shorter), false);
        assertThat(isRemembered("ev-1")).isFalse();
        assertThat(isRemembered("ev-2")).isTrue();
        assertThat(size(byTime)).isOne();

        // Sweeping waits for the look-back to have moved by a thousandth of itself.
        restarted.lookback().advance(0, T.plus(shorter).plus(shorter.dividedBy(1_000)), false);
        assertThat(size(candidates)).isZero();
        assertThat(size(byTime)).isZero();
    }

    @Test
    void timeNeverGoesBack() {
        recent.lookback().advance(0, T, false);
        recent.lookback().advance(0, T.minus(LOOKBACK), false);
        remember("ev-1", 0, T.minus(LOOKBACK).minusMillis(1));
        assertThat(isRemembered("ev-1")).isFalse();
    }

    @Test
    void timesBefore1970AreInOrder() {
        Instant before = Instant.parse("1969-12-31T23:30:00Z");
        recent.lookback().advance(0, before, false);
        remember("ev-1", 0, before);

        recent.lookback().advance(0, before.plus(LOOKBACK), false);
        assertThat(isRemembered("ev-1")).isTrue();

        recent.lookback().advance(0, before.plus(LOOKBACK).plusMillis(1), false);
        assertThat(isRemembered("ev-1")).isFalse();
    }

    @Test
    void whatIsForgottenLeavesNothingBehind() {
        recent.lookback().advance(0, T, false);
        for (int i = 0; i < 100; i++) {
            remember("ev-" + i, 0, T.plusSeconds(i));
            remember("other-" + i, 1, T.plusSeconds(i));
        }
        recent.lookback().advance(0, T.plus(LOOKBACK).plusSeconds(50), false);
        assertThat(size(candidates)).isEqualTo(150);
        assertThat(size(byTime)).isEqualTo(150);

        recent.lookback().advance(0, T.plus(LOOKBACK).plusSeconds(100), false);
        recent.lookback().advance(1, T.plus(LOOKBACK).plusSeconds(100), false);
        assertThat(size(candidates)).isZero();
        assertThat(size(byTime)).isZero();
    }

    @Test
    void aSweepLeavesACandidateThatAnotherPartitionBroughtAnew() {
        recent.lookback().advance(0, T, false);
        remember("ev-1", 0, T);
        Instant passed = T.plus(LOOKBACK).plusMillis(1);
        recent.lookback().advance(0, passed, false);
        assertThat(isRemembered("ev-1")).isFalse();

        recent.lookback().advance(1, T, false);
        remember("ev-1", 1, T);
        recent.lookback().advance(0, passed.plus(LOOKBACK), false);
        assertThat(isRemembered("ev-1")).isTrue();
    }

    @Test
    void muchThatHasPassedIsSweptLittleByLittle() {
        recent.lookback().advance(0, T, false);
        for (int i = 0; i < 10_001; i++) {
            remember("ev-" + i, 0, T);
        }

        Instant later = T.plus(LOOKBACK.multipliedBy(2));
        recent.lookback().advance(0, later, false);
        assertThat(size(candidates)).isOne();
        assertThat(isRemembered("ev-10000")).isFalse();

        recent.lookback().advance(0, later.plusMillis(1), false);
        assertThat(size(candidates)).isZero();
        assertThat(size(byTime)).isZero();
    }

    @Test
    void theEarliestTimeFirstDoesNotEndTheSweeping() {
        Instant earliest = Instant.ofEpochMilli(Long.MIN_VALUE);
        recent.lookback().advance(0, earliest, false);
        remember("ev-1", 0, earliest);

        recent.lookback().advance(0, T, false);
        assertThat(size(candidates)).isZero();
    }
}
