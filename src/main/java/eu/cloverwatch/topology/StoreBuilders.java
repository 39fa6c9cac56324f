package eu.cloverwatch.topology;

import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;
import org.apache.kafka.streams.state.WindowStore;

/** The kinds of stores there are; every one has a changelog. */
final class StoreBuilders {

    /** Candidates are points in time, not windows; the API wants a size. */
    private static final Duration INSTANT = Duration.ofMillis(1);

    private final TopologySettings settings;

    StoreBuilders(TopologySettings settings) {
        this.settings = settings;
    }

    /** A large table by id. */
    <T> StoreBuilder<KeyValueStore<String, T>> keyValue(String name, Serde<T> values) {
        KeyValueBytesStoreSupplier supplier = inMemory()
                ? Stores.inMemoryKeyValueStore(name)
                : Stores.persistentKeyValueStore(name);
        return Stores.keyValueStoreBuilder(supplier, Serdes.String(), values);
    }

    /** A handful of entries, always in memory. */
    <T> StoreBuilder<KeyValueStore<String, T>> small(String name, Serde<T> values) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), values);
    }

    /** Entries with an event time, dropped once they are older than the look-back. */
    <T> StoreBuilder<WindowStore<byte[], T>> lookback(String name, Serde<T> values) {
        WindowBytesStoreSupplier supplier = inMemory()
                ? Stores.inMemoryWindowStore(name, settings.lookback(), INSTANT, false)
                : Stores.persistentWindowStore(name, settings.lookback(), INSTANT, false);
        return Stores.windowStoreBuilder(supplier, Serdes.ByteArray(), values);
    }

    private boolean inMemory() {
        return settings.stores() == TopologySettings.StoreKind.IN_MEMORY;
    }
}
