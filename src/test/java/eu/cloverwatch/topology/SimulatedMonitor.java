package eu.cloverwatch.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.topology.TopologyHarness.Published;
import eu.cloverwatch.topology.TopologyHarness.Rejected;
import eu.cloverwatch.v1.Incident;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.test.TestRecord;

/** The topology on one test driver after another: of a life that ends only the changelogs and the internal topics remain. */
final class SimulatedMonitor implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** For what waits for the clock when all work is done, as an outcome that is told to the ledger. */
    private static final int SECONDS_TO_SETTLE = 20;

    private final RecordSerde serde;
    private final TopologySettings settings;
    private final SimulatedLife.Past past;
    private final List<Published> published = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private final List<Incident> incidents = new ArrayList<>();
    private final List<Broadcast> broadcasts = new ArrayList<>();
    private TopologyHarness life;
    private Instant wallClock;

    private record Broadcast(Topic topic, TestRecord<byte[], byte[]> record) {}

    SimulatedMonitor(RecordSerde serde, Instant wallClock, SimulatedWorld world) {
        this.settings =
                TopologyHarness.settings(TopologyHarness.LOOKBACK, TopologyHarness.HORIZON, world.revisitPortion());
        this.past = new SimulatedLife.Past(world.seed(), world.lagsForMonths());
        this.serde = serde;
        this.wallClock = wallClock;
        this.life = start();
    }

    private TopologyHarness start() {
        past.starts();
        TopologyHarness started = new TopologyHarness(settings);
        started.start(
                serde,
                wallClock,
                Map.of(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, SimulatedLife.class, SimulatedLife.PAST, past));
        return started;
    }

    void restart() {
        var offsets = life.offsets();
        end();
        life = start();
        life.continueAt(offsets);
        broadcasts.forEach(one -> life.broadcast(one.topic(), one.record()));
    }

    private void end() {
        published.addAll(life.violations());
        rejected.addAll(life.rejects());
        incidents.addAll(life.incidents());
        life.changelogs().forEach((store, records) -> {
            Map<Bytes, byte[]> content = past.stores.computeIfAbsent(store, name -> new HashMap<>());
            for (TestRecord<byte[], byte[]> record : records) {
                if (record.value() == null) {
                    content.remove(Bytes.wrap(record.key()));
                } else {
                    content.put(Bytes.wrap(record.key()), record.value());
                }
            }
        });
        life.close();
    }

    /** @param deliveries see {@link SimulatedWorld.Step} */
    void arrive(Arrival arrival, int deliveries) {
        past.lagging = deliveries != SimulatedWorld.ALL;
        TestRecord<byte[], byte[]> record = record(arrival);
        if (FactBroadcast.TOPICS.contains(arrival.topic())) {
            broadcasts.add(new Broadcast(arrival.topic(), record));
        }
        life.pipe(arrival.topic(), record);
        for (int i = 0; i < deliveries && !past.isEmpty(); i++) {
            advance(TICK);
        }
    }

    private TestRecord<byte[], byte[]> record(Arrival arrival) {
        byte[] key = arrival.key() == null ? null : arrival.key().getBytes(UTF_8);
        byte[] value = null;
        if (arrival.payload() instanceof Arrival.Value avro) {
            value = serde.serialize(arrival.topic().defaultName(), avro.record());
        } else if (arrival.payload() instanceof Arrival.Raw raw) {
            value = raw.bytes();
        }
        return new TestRecord<>(key, value, arrival.timestamp());
    }

    /** The wall clock is not before this. */
    void at(Instant time) {
        if (time.isAfter(wallClock)) {
            advance(Duration.between(wallClock, time));
        }
    }

    private void advance(Duration duration) {
        wallClock = wallClock.plus(duration);
        life.advance(duration);
    }

    /** Time passes without records, until all is done. */
    void settle() {
        past.lagging = false;
        while (!past.isEmpty() || life.hasWork()) {
            advance(past.isEmpty() ? SECOND : TICK);
        }
        for (int i = 0; i < SECONDS_TO_SETTLE; i++) {
            advance(SECOND);
        }
    }

    Map<Outcome, Long> outcomes() {
        return life.outcomes();
    }

    /** Everything that was published. */
    List<Published> published() {
        published.addAll(life.violations());
        return published;
    }

    List<Incident> incidents() {
        incidents.addAll(life.incidents());
        return incidents;
    }

    List<Rejected> rejected() {
        rejected.addAll(life.rejects());
        return rejected;
    }

    @Override
    public void close() {
        life.close();
    }
}
