package eu.cloverwatch.topology;

import static eu.cloverwatch.topology.Access.event;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.internal.v1.LookupState;
import eu.cloverwatch.internal.v1.Origin;
import eu.cloverwatch.internal.v1.RecentCandidate;
import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.Pseudonyms;
import eu.cloverwatch.wire.ModelRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
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
    private final StoreBuilders builders = new StoreBuilders(new TopologySettings(
            "flow", Map.of(), 1, LOOKBACK, TopologySettings.StoreKind.IN_MEMORY, new Pseudonyms("k1", new byte[] {1})));
    private final KeyValueStore<byte[], RecentCandidate> candidates = open(builders.large(
            FlowTopology.RECENT_CANDIDATES,
            Serdes.ByteArray(),
            new StateCodec<>(RecentCandidate.getClassSchema(), RecentCandidate.class)));
    private final KeyValueStore<byte[], byte[]> byTime =
            open(builders.large(FlowTopology.RECENT_BY_TIME, Serdes.ByteArray(), Serdes.ByteArray()));
    private final KeyValueStore<String, Long> streamTimes = open(small(Serdes.Long()));
    private final RecentCandidates recent = new RecentCandidates(candidates, byTime, streamTimes, LOOKBACK);

    private <T> StoreBuilder<KeyValueStore<String, T>> small(Serde<T> values) {
        return builders.small(FlowTopology.STREAM_TIMES, values);
    }

    private <K, V> KeyValueStore<K, V> open(StoreBuilder<KeyValueStore<K, V>> builder) {
        KeyValueStore<K, V> store = builder.withLoggingDisabled().build();
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
        recent.advance(0, T);
        remember("ev-1", 0, T);

        recent.advance(1, T.plus(LOOKBACK).plusMillis(1));
        assertThat(isRemembered("ev-1")).isTrue();

        recent.advance(0, T.plus(LOOKBACK).plusMillis(1));
        assertThat(isRemembered("ev-1")).isFalse();
    }

    @Test
    void aPartitionThatIsBehindIsRememberedByItsOwnTime() {
        recent.advance(0, T);
        recent.advance(1, T.minus(Duration.ofDays(30)));
        remember("ev-1", 1, T.minus(Duration.ofDays(30)));
        assertThat(isRemembered("ev-1")).isTrue();
    }

    @Test
    void theLastMomentOfTheLookBackIsRemembered() {
        recent.advance(0, T);
        remember("ev-1", 0, T.minus(LOOKBACK));
        remember("ev-2", 0, T.minus(LOOKBACK).minusMillis(1));
        assertThat(isRemembered("ev-1")).isTrue();
        assertThat(isRemembered("ev-2")).isFalse();

        recent.advance(0, T.plusMillis(1));
        assertThat(isRemembered("ev-1")).isFalse();
    }

    @Test
    void aShorterLookBackAfterARestartForgetsAllThatItHasPassed() {
        recent.advance(0, T);
        remember("ev-1", 0, T.minus(LOOKBACK));
        remember("ev-2", 0, T);

        Duration shorter = LOOKBACK.dividedBy(2);
        RecentCandidates restarted = new RecentCandidates(candidates, byTime, streamTimes, shorter);
        restarted.advance(0, T.plus(shorter));
        assertThat(isRemembered("ev-1")).isFalse();
        assertThat(isRemembered("ev-2")).isTrue();
        assertThat(size(byTime)).isOne();

        // Sweeping waits for the look-back to have moved by a thousandth of itself.
        restarted.advance(0, T.plus(shorter).plus(shorter.dividedBy(1_000)));
        assertThat(size(candidates)).isZero();
        assertThat(size(byTime)).isZero();
    }

    @Test
    void timeNeverGoesBack() {
        recent.advance(0, T);
        recent.advance(0, T.minus(LOOKBACK));
        remember("ev-1", 0, T.minus(LOOKBACK).minusMillis(1));
        assertThat(isRemembered("ev-1")).isFalse();
    }

    @Test
    void timesBefore1970AreInOrder() {
        Instant before = Instant.parse("1969-12-31T23:30:00Z");
        recent.advance(0, before);
        remember("ev-1", 0, before);

        recent.advance(0, before.plus(LOOKBACK));
        assertThat(isRemembered("ev-1")).isTrue();

        recent.advance(0, before.plus(LOOKBACK).plusMillis(1));
        assertThat(isRemembered("ev-1")).isFalse();
    }

    @Test
    void whatIsForgottenLeavesNothingBehind() {
        recent.advance(0, T);
        for (int i = 0; i < 100; i++) {
            remember("ev-" + i, 0, T.plusSeconds(i));
            remember("other-" + i, 1, T.plusSeconds(i));
        }
        recent.advance(0, T.plus(LOOKBACK).plusSeconds(50));
        assertThat(size(candidates)).isEqualTo(150);
        assertThat(size(byTime)).isEqualTo(150);

        recent.advance(0, T.plus(LOOKBACK).plusSeconds(100));
        recent.advance(1, T.plus(LOOKBACK).plusSeconds(100));
        assertThat(size(candidates)).isZero();
        assertThat(size(byTime)).isZero();
    }

    @Test
    void aSweepLeavesACandidateThatAnotherPartitionBroughtAnew() {
        recent.advance(0, T);
        remember("ev-1", 0, T);
        Instant passed = T.plus(LOOKBACK).plusMillis(1);
        recent.advance(0, passed);
        assertThat(isRemembered("ev-1")).isFalse();

        recent.advance(1, T);
        remember("ev-1", 1, T);
        recent.advance(0, passed.plus(LOOKBACK));
        assertThat(isRemembered("ev-1")).isTrue();
    }

    @Test
    void muchThatHasPassedIsSweptLittleByLittle() {
        recent.advance(0, T);
        for (int i = 0; i < 10_001; i++) {
            remember("ev-" + i, 0, T);
        }

        Instant later = T.plus(LOOKBACK.multipliedBy(2));
        recent.advance(0, later);
        assertThat(size(candidates)).isOne();
        assertThat(isRemembered("ev-10000")).isFalse();

        recent.advance(0, later.plusMillis(1));
        assertThat(size(candidates)).isZero();
        assertThat(size(byTime)).isZero();
    }

    @Test
    void theEarliestTimeFirstDoesNotEndTheSweeping() {
        Instant earliest = Instant.ofEpochMilli(Long.MIN_VALUE);
        recent.advance(0, earliest);
        remember("ev-1", 0, earliest);

        recent.advance(0, T);
        assertThat(size(candidates)).isZero();
    }
}
