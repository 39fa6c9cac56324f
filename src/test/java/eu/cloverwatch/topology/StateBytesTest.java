package eu.cloverwatch.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.demo.World;
import eu.cloverwatch.internal.v1.ConsentTimeline;
import eu.cloverwatch.internal.v1.GatewayChange;
import eu.cloverwatch.internal.v1.LocationTimeline;
import eu.cloverwatch.internal.v1.OpenEpoch;
import eu.cloverwatch.internal.v1.RecentCandidate;
import eu.cloverwatch.topology.StateSizes.Size;
import eu.cloverwatch.wire.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.IntSummaryStatistics;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How many bytes of state an employee, a subject or an event takes in the generated world of {@code demo}: keys and values as
 * they are stored, before compression. Prints what docs/state.md says; the bounds leave a little room.
 */
class StateBytesTest {

    private static final long SEED = 7;
    private static final int EVENTS = 10_000;
    private static final int EPOCH_RECORDS = 10_000;

    /** Of the records of an epoch, the number whose Merkle tree has the most subtrees. */
    private static final int MOST_SUBTREES_AT = 8_191;

    /** The whole half year, so that there are many events to measure: how large one is does not depend on it. */
    private static final Duration LOOKBACK = Duration.ofDays(300);

    @RegisterExtension
    static final SharedRegistry.Serde SERDE = new SharedRegistry.Serde();

    private static TopologyHarness flow;
    private static StateSizes sizes;

    @BeforeAll
    static void halfAYear() {
        flow = new TopologyHarness(
                TopologyHarness.settings(LOOKBACK, TopologyHarness.HORIZON, TopologySettings.REVISIT_PORTION));
        flow.start(SERDE.get(), World.start(), Map.of());
        Iterator<Arrival> arrivals = World.generate(SEED, EVENTS).arrivals();
        while (arrivals.hasNext()) {
            Arrival arrival = arrivals.next();
            byte[] key = arrival.key() == null ? null : arrival.key().getBytes(UTF_8);
            flow.pipe(arrival.topic(), key, value(arrival), arrival.timestamp());
        }
        flow.outcomes();
        sizes = new StateSizes();
        sizes.follow(flow);
    }

    @AfterAll
    static void close() {
        flow.close();
    }

    @SuppressWarnings("NullAway") // null is a tombstone
    private static byte[] value(Arrival arrival) {
        if (arrival.payload() instanceof Arrival.Value avro) {
            return flow.serde().serialize(arrival.topic().defaultName(), avro.record());
        }
        return arrival.payload() instanceof Arrival.Raw raw ? raw.bytes() : null;
    }

    private static <T extends SpecificRecord> int bytes(T record, Class<T> type) {
        return new StateCodec<>(record.getSchema(), type).serialize("store", record).length;
    }

    /** Numbers of entries, and bytes of one on average. */
    private static void hold(String what, Size size, double atMost) {
        System.out.printf(
                Locale.ROOT, "state: %-40s %6d  %8.1f bytes, bound %.0f%n", what, size.entries(), size.mean(), atMost);
        assertThat(size.entries()).as(what).isPositive();
        assertThat(size.mean()).as("bytes of " + what).isLessThanOrEqualTo(atMost);
    }

    @Test
    void anEmployeeASubjectAndAnExpiryTakeSoMuch() {
        hold("employee", sizes.of(StateStores.LOCATIONS), 210);
        hold("subject", sizes.of(StateStores.CONSENTS), 110);
        assertThat(versions(
                        StateStores.LOCATIONS,
                        (LocationTimeline one) -> one.getVersions().size()))
                .as("versions of an employee")
                .isBetween(2.0, 7.0);
        assertThat(versions(
                        StateStores.CONSENTS,
                        (ConsentTimeline one) -> one.getVersions().size()))
                .as("versions of a subject")
                .isBetween(1.0, 2.0);
        hold("expiry of an employee", sizes.of(StateStores.LOCATION_EXPIRIES), 30);
        hold("expiry of a subject, of which two", sizes.of(StateStores.CONSENT_EXPIRIES), 30);
    }

    private static <T> double versions(String store, ToIntFunction<T> versions) {
        IntSummaryStatistics numbers = new IntSummaryStatistics();
        flow.<T>each(store, timeline -> numbers.accept(versions.applyAsInt(timeline)));
        System.out.printf(Locale.ROOT, "state: versions in %s: %.2f%n", store, numbers.getAverage());
        return numbers.getAverage();
    }

    @Test
    void anEventThatIsRememberedTakesSoMuch() {
        hold("recent access", sizes.of(StateStores.RECENT_ACCESSES), 340);
        hold("its index", sizes.of(StateStores.ACCESSES_BY_TIME), 80);
        hold("recent candidate", sizes.of(StateStores.RECENT_CANDIDATES), 450);
        hold("its index", sizes.of(StateStores.RECENT_BY_TIME), 125);
        Size[] values = {Size.NOTHING, Size.NOTHING};
        flow.<RecentCandidate>each(StateStores.RECENT_CANDIDATES, candidate -> {
            int kind = candidate.getPublished() == null ? 0 : 1;
            values[kind] = values[kind].plus(new Size(1, bytes(candidate, RecentCandidate.class)));
        });
        hold("value of one that was not published", values[0], 280);
        hold("value of one that was published", values[1], 960);
    }

    @Test
    void anIncidentAndItsViolationsTakeSoMuch() {
        hold("incident", sizes.of(StateStores.INCIDENTS), 190);
        hold("violation of an incident", sizes.of(StateStores.INCIDENT_MEMBERS), 175);
        hold("its subject", sizes.of(StateStores.INCIDENT_SUBJECTS), 135);
        hold("timer of an incident", sizes.of(StateStores.INCIDENT_TIMERS), 50);
    }

    @Test
    void whatThereIsOnceForAPartitionTakesSoMuch() {
        hold("head of the ledger", sizes.of(StateStores.LEDGER), 80);
        hold("end of a chain", sizes.of(StateStores.CHAIN), 60);
        hold("stream time of a lane", sizes.of(StateStores.STREAM_TIMES), 20);
        hold("position in the gateways", sizes.of(StateStores.GATEWAY_HORIZON), 20);
    }

    @Test
    void aChangeOfAGatewayTakesSoMuchInEachPartitionOfItsTopic() {
        GatewayChange change = new GatewayChange("gw-dublin-support", World.start(), 0, 1_000_000L);
        hold(
                "change of a gateway",
                new Size(1, change.getGatewayId().length() + bytes(change, GatewayChange.class)),
                60);
    }

    @Test
    void anOpenEpochTakesTheFrontierOfItsTreeAndLittleElse() {
        KeyValueStore<Long, OpenEpoch> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("epochs"),
                        Serdes.Long(),
                        new StateCodec<>(OpenEpoch.getClassSchema(), OpenEpoch.class))
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
        OpenEpochs epochs = new OpenEpochs(store, 0, EPOCH_RECORDS);
        int largest = 0;
        for (int offset = 0; offset < EPOCH_RECORDS - 1; offset++) {
            epochs.advance(offset);
            epochs.count(offset, new byte[32], null, Instant.EPOCH);
            OpenEpoch epoch = store.get(0L);
            int subtrees = epoch.getSubtrees().size();
            assertThat(subtrees).isEqualTo(Integer.bitCount(offset + 1));
            largest = Math.max(largest, bytes(epoch, OpenEpoch.class));
            if (offset + 1 == MOST_SUBTREES_AT) {
                assertThat(bytes(epoch, OpenEpoch.class)).as("the largest").isEqualTo(largest);
                hold("open epoch at its largest", new Size(1, Long.BYTES + largest), 500);
                hold("of which the tree's frontier", new Size(1, subtrees * 33L), 13 * 33);
            }
        }
        assertThat(bytes(store.get(0L), OpenEpoch.class)).isLessThanOrEqualTo(largest);
    }
}
