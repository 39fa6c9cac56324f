package eu.cloverwatch.topology;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is to be looked at when its time has come, by the wall clock. A key of the store is the time, and then what is due. */
final class Timers {

    private static final int MAX_AT_ONCE = 10_000;
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);
    private static final byte[] NOTHING = new byte[0];

    private final KeyValueStore<byte[], byte[]> store;

    Timers(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    void add(Instant due, byte[] what) {
        byte[] entry = ByteBuffer.allocate(Long.BYTES + what.length)
                .putLong(due.isAfter(LATEST) ? Long.MAX_VALUE : Math.max(0, due.toEpochMilli()))
                .put(what)
                .array();
        store.put(entry, NOTHING);
    }

    /**
     * Hands on what was due before now, in order, a good deal at a time.
     *
     * @param hasRoom asked before each; if not, that and what follows waits
     * @return whether nothing of it is left
     */
    boolean due(Instant now, BooleanSupplier hasRoom, Consumer<ByteBuffer> sink) {
        List<byte[]> due = new ArrayList<>();
        byte[] to = ByteBuffer.allocate(Long.BYTES).putLong(now.toEpochMilli()).array();
        boolean all;
        try (KeyValueIterator<byte[], byte[]> range = store.range(NOTHING, to)) {
            while (range.hasNext() && due.size() < MAX_AT_ONCE) {
                due.add(range.next().key);
            }
            all = !range.hasNext();
        }
        for (byte[] entry : due) {
            if (!hasRoom.getAsBoolean()) {
                return false;
            }
            // Before it is handed on: what is due may be put off, even to this very time.
            store.delete(entry);
            sink.accept(ByteBuffer.wrap(entry, Long.BYTES, entry.length - Long.BYTES)
                    .slice());
        }
        return all;
    }
}
