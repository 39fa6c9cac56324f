package eu.cloverwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.internal.v1.Revisit;
import eu.cloverwatch.internal.v1.RevisitIndex;
import eu.cloverwatch.wire.AvroClasses;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** As many lanes as twelve partitions make: no call goes through more than a portion, and in the end nothing is left. */
class RevisitsTest {

    private static final Instant T = Instant.parse("2024-06-05T09:00:00Z");
    private static final Duration LOOKBACK = Duration.ofDays(7);
    private static final int PORTION = 20;
    private static final int LANES = 156;
    private static final int EVENTS_OF_A_LANE = 7;
    private static final int EVENTS = LANES * EVENTS_OF_A_LANE;
    private static final int MOST_SWEPT = 10_000;

    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    private final KeyValueStore<Long, Revisit> queue =
            open("queue", Serdes.Long(), new StateCodec<>(Revisit.getClassSchema(), Revisit.class));
    private final KeyValueStore<byte[], byte[]> byTime = open("by-time", Serdes.ByteArray(), Serdes.ByteArray());
    private final Lookback lookback =
            new Lookback(byTime, open("stream-times", Serdes.String(), Serdes.Long()), LOOKBACK, (key, timeKey) -> {});
    private final List<String> visited = new ArrayList<>();
    private final Revisits revisits = new Revisits(queue, new ByTime(byTime), this::visit, PORTION);

    @BeforeAll
    static void trustGeneratedClasses() {
        AvroClasses.trust();
    }

    private <K, V> KeyValueStore<K, V> open(String name, Serde<K> keys, Serde<V> values) {
        KeyValueStore<K, V> opened = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
                .withLoggingDisabled()
                .build();
        opened.init(context.getStateStoreContext(), opened);
        return opened;
    }

    private record ByTime(KeyValueStore<byte[], byte[]> byTime) implements Revisits.Index {

        @Override
        public KeyValueIterator<byte[], ?> range(RevisitIndex kind, byte[] from, byte[] to) {
            return byTime.range(from, to);
        }

        @Override
        public byte[] eventKey(RevisitIndex kind, KeyValue<byte[], ?> entry) {
            return (byte[]) entry.value;
        }

        @Override
        public byte[] entryKey(RevisitIndex kind, byte[] eventKey) {
            ByteBuffer key = ByteBuffer.wrap(eventKey);
            return Lookback.timeKey(key.getInt(), T, eventKey);
        }
    }

    private void visit(byte[] key, Revisit revisit) {
        ByteBuffer event = ByteBuffer.wrap(key);
        visited.add(revisit.getCause() + " " + event.getInt() + "/" + event.getInt());
    }

    private void remember(int lane, int events) {
        lookback.advance(lane, T, false);
        for (int i = 0; i < events; i++) {
            lookback.add(lane, T, ByteBuffer.allocate(8).putInt(lane).putInt(i).array());
        }
    }

    private static List<Revisit> change(String cause) {
        return IntStream.range(0, LANES)
                .mapToObj(lane -> Revisit.newBuilder()
                        .setIndex(RevisitIndex.BY_TIME)
                        .setFrom(ByteBuffer.wrap(Lookback.firstTimeKey(lane, T)))
                        .setTo(ByteBuffer.wrap(Lookback.lastTimeKey(lane)))
                        .setCause(cause)
                        .setSince(T)
                        .setUntil(null)
                        .setGatewayId("G-1")
                        .build())
                .toList();
    }

    private int visitsOf(Runnable call) {
        int before = visited.size();
        call.run();
        return visited.size() - before;
    }

    @Test
    void aChangeThatConcernsManyLanesCostsOnePortionAtATimeAndComesToEachEventOnce() {
        IntStream.range(0, LANES).forEach(lane -> remember(lane, EVENTS_OF_A_LANE));

        assertThat(visitsOf(() -> revisits.add(change("a")))).isEqualTo(PORTION);
        int calls = 1;
        for (; !revisits.isEmpty(); calls++) {
            assertThat(visitsOf(revisits::proceed)).isLessThanOrEqualTo(PORTION);
        }
        assertThat(visited).hasSize(EVENTS).doesNotHaveDuplicates();
        assertThat(calls).isEqualTo((EVENTS + PORTION - 1) / PORTION);
    }

    @Test
    void aSecondChangeWaitsForTheFirstAndCostsOnePortionToo() {
        IntStream.range(0, LANES).forEach(lane -> remember(lane, EVENTS_OF_A_LANE));

        revisits.add(change("a"));
        assertThat(visitsOf(() -> revisits.add(change("b")))).isEqualTo(PORTION);
        while (!revisits.isEmpty()) {
            revisits.proceed();
        }
        assertThat(visited).hasSize(2 * EVENTS).doesNotHaveDuplicates();
        assertThat(visited.subList(0, EVENTS)).allMatch(visit -> visit.startsWith("a "));
    }

    @Test
    void aChangeThatConcernsNothingLeavesNothing() {
        revisits.add(change("a"));
        assertThat(revisits.isEmpty()).isTrue();
        assertThat(visited).isEmpty();
    }

    @Test
    void whenTimeGoesOnManyLanesAreSweptLittleByLittle() {
        int ofALane = 600;
        IntStream.range(0, LANES).forEach(lane -> remember(lane, ofALane));
        Instant later = T.plus(LOOKBACK.multipliedBy(2));
        IntStream.range(0, LANES).forEach(lane -> lookback.advance(lane, later, true));
        assertThat(size(byTime)).isEqualTo(LANES * ofALane);

        for (int left = size(byTime); left > 0; left = size(byTime)) {
            lookback.release();
            assertThat(left - size(byTime)).isBetween(1, MOST_SWEPT);
            assertThat(lookback.isReleased()).isEqualTo(size(byTime) == 0);
        }
        assertThat(lookback.covers(LANES - 1, T)).isFalse();
    }

    private static int size(KeyValueStore<?, ?> store) {
        int size = 0;
        try (KeyValueIterator<?, ?> all = store.all()) {
            for (; all.hasNext(); all.next()) {
                size++;
            }
        }
        return size;
    }
}
