package eu.cloverwatch.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** When something of a key's timeline is to be dropped, by the wall clock. */
final class Expiries {

    private static final int MAX_AT_ONCE = 10_000;
    private static final int PREFIX = 2 * Long.BYTES + 1;
    private static final byte[] NOTHING = new byte[0];

    private final KeyValueStore<byte[], byte[]> store;

    /** What is to be dropped. */
    enum Kind {
        /** Versions before a certain one. */
        EARLIER_VERSIONS,
        /** All of it, if a certain version is still the last. */
        KEY
    }

    /** Drops something. */
    interface Expiry {
        void expire(String key, Instant effectiveFrom, Kind kind);
    }

    Expiries(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    /** @param effectiveFrom of the version that it is about, which has no value */
    void add(Instant due, String key, Instant effectiveFrom, Kind kind) {
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        byte[] entry = ByteBuffer.allocate(PREFIX + text.length)
                .putLong(Math.max(0, due.toEpochMilli()))
                .put((byte) kind.ordinal())
                .putLong(effectiveFrom.toEpochMilli())
                .put(text)
                .array();
        store.put(entry, NOTHING);
    }

    /** Hands on what is due, a good deal at a time. */
    void due(Instant now, Expiry expiry) {
        List<byte[]> due = new ArrayList<>();
        byte[] to = ByteBuffer.allocate(Long.BYTES).putLong(now.toEpochMilli()).array();
        try (KeyValueIterator<byte[], byte[]> range = store.range(NOTHING, to)) {
            while (range.hasNext() && due.size() < MAX_AT_ONCE) {
                due.add(range.next().key);
            }
        }
        for (byte[] entry : due) {
            ByteBuffer buffer = ByteBuffer.wrap(entry);
            buffer.getLong();
            Kind kind = Kind.values()[buffer.get()];
            Instant effectiveFrom = Instant.ofEpochMilli(buffer.getLong());
            String key = StandardCharsets.UTF_8.decode(buffer).toString();
            expiry.expire(key, effectiveFrom, kind);
            store.delete(entry);
        }
    }
}
