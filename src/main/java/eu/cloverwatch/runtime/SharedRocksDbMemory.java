package eu.cloverwatch.runtime;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Gives all stores of the process one piece of memory of the size {@value #BYTES}: blocks, indexes and filters that were read,
 * and at most half of it for what was not written to disk yet. Left alone, Kafka Streams gives each store of each partition
 * up to 98 MiB of its own.
 *
 * <p>It is a bound on average, not a wall: a store that cannot have memory would fail. Compactions and open files come on top.
 */
public final class SharedRocksDbMemory implements RocksDBConfigSetter {

    /** In the configuration of Kafka Streams: bytes, a {@link Long}. */
    static final String BYTES = ConfigurationKeys.PREFIX + "rocksdb.memory";

    /** Indexes and filters are needed at each look-up, so half of the memory is theirs before blocks of data. */
    private static final double INDEX_AND_FILTER_RATIO = 0.5;

    /** What Kafka Streams takes itself; with little memory, sixteen that are full must fit. */
    private static final long MAX_WRITE_BUFFER = 16L << 20;

    private static final int WRITE_BUFFERS = 16;

    /** What a store takes for its first entry; RocksDB's own choice is an eighth of a write buffer, for each of a hundred stores. */
    private static final long ARENA_BLOCK = 64L << 10;

    /** Never closed: stores of the process come and go, and each size is there once. */
    private static final Map<Long, Shares> SHARES = new ConcurrentHashMap<>();

    /** @param written counts into the cache */
    private record Shares(Cache cache, WriteBufferManager written) {

        static Shares of(long bytes) {
            Cache cache = new LRUCache(bytes, -1, false, INDEX_AND_FILTER_RATIO);
            return new Shares(cache, new WriteBufferManager(bytes / 2, cache));
        }
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        long bytes = (Long) Objects.requireNonNull(configs.get(BYTES), BYTES);
        Shares shares = SHARES.computeIfAbsent(bytes, Shares::of);
        // Kafka Streams closes the cache that it has made for this store itself.
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(shares.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinL0FilterAndIndexBlocksInCache(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(shares.written());
        options.setWriteBufferSize(Math.min(MAX_WRITE_BUFFER, bytes / 2 / WRITE_BUFFERS));
        options.setArenaBlockSize(ARENA_BLOCK);
    }

    /** Everything that is set here is shared; what belongs to the store alone, Kafka Streams closes. */
    @Override
    public void close(String storeName, Options options) {
        // nothing is the store's own
    }
}
