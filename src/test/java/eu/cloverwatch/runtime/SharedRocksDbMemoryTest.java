package eu.cloverwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;

class SharedRocksDbMemoryTest {

    private static final long MIB = 1 << 20;
    private static final List<String> STORES =
            IntStream.range(0, 24).mapToObj(number -> "store-" + number).toList();
    private static final int ENTRIES = 20_000;
    private static final int VALUE_BYTES = 100;

    @TempDir
    Path directory;

    @Test
    void allStoresHaveOneCacheOfTheSizeThatWasSet() {
        try (TopologyTestDriver driver = driver("cloverwatch.rocksdb.memory", "48MiB")) {
            assertThat(metric(driver, "block-cache-capacity").values())
                    .hasSize(STORES.size())
                    .containsOnly(48 * MIB);
            long before = cacheUsage(driver);

            fill(driver.getKeyValueStore(STORES.get(0)), 7);

            assertThat(cacheUsage(driver)).isGreaterThan(before + MIB);
        }
    }

    @Test
    void whatIsNotOnDiskYetIsBoundedForAllStoresTogetherAndNothingIsLost() {
        try (TopologyTestDriver driver = driver("cloverwatch.rocksdb.memory", "32MiB")) {
            for (String store : STORES) {
                fill(driver.getKeyValueStore(store), store.hashCode());
            }
            long written = (long) STORES.size() * ENTRIES * (VALUE_BYTES + Integer.BYTES);
            long inMemory = metric(driver, "size-all-mem-tables").values().stream()
                    .mapToLong(Long::longValue)
                    .sum();

            assertThat(written).isGreaterThan(47 * MIB);
            assertThat(inMemory).isBetween(MIB, 17 * MIB);
            assertThat(cacheUsage(driver)).isLessThan(33 * MIB);
            for (String store : STORES) {
                assertHasAll(driver.getKeyValueStore(store), store.hashCode());
            }
        }
    }

    @Test
    void whoSetsASetterOfTheirOwnHasThat() {
        try (TopologyTestDriver driver = driver("streams.rocksdb.config.setter", OwnSetter.class.getName())) {
            assertThat(metric(driver, "block-cache-capacity").values()).containsOnly(50 * MIB);
        }
    }

    /** Leaves everything as Kafka Streams has it. */
    public static final class OwnSetter implements RocksDBConfigSetter {
        @Override
        public void setConfig(String storeName, Options options, Map<String, Object> configs) {
            // as it is
        }

        @Override
        public void close(String storeName, Options options) {
            // nothing was made
        }
    }

    /** Has the stores; the test writes to them. */
    private static final class Nothing implements Processor<byte[], byte[], byte[], byte[]> {
        @Override
        public void process(Record<byte[], byte[]> record) {
            throw new AssertionError("no record comes");
        }
    }

    private static void fill(KeyValueStore<Integer, byte[]> store, long seed) {
        Random random = new Random(seed);
        for (int key = 0; key < ENTRIES; key++) {
            store.put(key, value(random));
        }
    }

    private static void assertHasAll(KeyValueStore<Integer, byte[]> store, long seed) {
        Random random = new Random(seed);
        for (int key = 0; key < ENTRIES; key++) {
            assertThat(store.get(key)).isEqualTo(value(random));
        }
    }

    private static byte[] value(Random random) {
        byte[] value = new byte[VALUE_BYTES];
        random.nextBytes(value);
        return value;
    }

    private TopologyTestDriver driver(String key, String value) {
        Map<String, String> settings = new HashMap<>(
                Map.of("kafka.bootstrap.servers", "localhost:9092", "cloverwatch.state.dir", directory.toString()));
        settings.put(key, value);
        Properties properties = new Properties();
        properties.putAll(StreamsProperties.of(Configuration.load(null, Map.of(), settings))
                .originals());
        return new TopologyTestDriver(topology(), properties);
    }

    private static Topology topology() {
        Topology topology = new Topology()
                .addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "topic")
                .addProcessor("processor", Nothing::new, "source");
        for (String name : STORES) {
            StoreBuilder<KeyValueStore<Integer, byte[]>> store = Stores.keyValueStoreBuilder(
                            Stores.persistentKeyValueStore(name), Serdes.Integer(), Serdes.ByteArray())
                    .withLoggingDisabled();
            topology.addStateStore(store, "processor");
        }
        return topology;
    }

    /** What each store says of its cache, which is the same as it is one. */
    private static long cacheUsage(TopologyTestDriver driver) {
        Set<Long> usages = Set.copyOf(metric(driver, "block-cache-usage").values());
        assertThat(usages).as("one number for all").hasSize(1);
        return usages.iterator().next();
    }

    /** By store. */
    private static Map<String, Long> metric(TopologyTestDriver driver, String name) {
        return driver.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(name))
                .collect(Collectors.toMap(
                        metric -> String.valueOf(metric.getKey().tags().get("rocksdb-state-id")),
                        metric -> ((Number) metric.getValue().metricValue()).longValue()));
    }
}
