package eu.cloverwatch.topology;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The kinds of stores there are; every one has a changelog. */
final class StoreBuilders {

    private final TopologySettings settings;

    StoreBuilders(TopologySettings settings) {
        this.settings = settings;
    }

    /** A table that may be large. */
    <K, V> StoreBuilder<KeyValueStore<K, V>> large(String name, Serde<K> keys, Serde<V> values) {
        KeyValueBytesStoreSupplier supplier =
                inMemory() ? Stores.inMemoryKeyValueStore(name) : Stores.persistentKeyValueStore(name);
        return Stores.keyValueStoreBuilder(supplier, keys, values);
    }

    /** A handful of entries, always in memory. */
    <T> StoreBuilder<KeyValueStore<String, T>> small(String name, Serde<T> values) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), values);
    }

    private boolean inMemory() {
        return settings.stores() == TopologySettings.StoreKind.IN_MEMORY;
    }
}
