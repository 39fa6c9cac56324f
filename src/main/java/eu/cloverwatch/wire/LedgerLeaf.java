package eu.cloverwatch.wire;

import eu.cloverwatch.model.Sha256;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger's Merkle tree knows of a record: SHA-256 of the key's length and bytes, the value's length and bytes, the
 * timestamp and the offset (docs/ledger.md). Headers are not part of it.
 */
public final class LedgerLeaf {

    private static final byte[] NOTHING = new byte[0];
    private static final int USUAL_BYTES = 4 << 10;
    private static final ThreadLocal<ByteBuffer> SCRATCH =
            ThreadLocal.withInitial(() -> ByteBuffer.allocate(USUAL_BYTES));

    private LedgerLeaf() {}

    /**
     * The leaf's data.
     *
     * @param key as it is in the topic; null and empty are different
     * @param value as it is in the topic; null and empty are different
     * @param timestampMs of the Kafka record
     * @return 32 bytes
     */
    public static byte[] of(byte @Nullable [] key, byte @Nullable [] value, long timestampMs, long offset) {
        byte[] keyBytes = bytes(key);
        byte[] valueBytes = bytes(value);
        int length = 2 * (Integer.BYTES + Long.BYTES) + keyBytes.length + valueBytes.length;
        // In one piece: handing over several small ones costs more than copying them.
        ByteBuffer all = length <= USUAL_BYTES ? SCRATCH.get().clear() : ByteBuffer.allocate(length);
        all.putInt(length(key))
                .put(keyBytes)
                .putInt(length(value))
                .put(valueBytes)
                .putLong(timestampMs)
                .putLong(offset);
        return Sha256.ofFirst(all.array(), length);
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? -1 : bytes.length;
    }

    private static byte[] bytes(byte @Nullable [] bytes) {
        return bytes == null ? NOTHING : bytes;
    }
}
