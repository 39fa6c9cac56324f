package eu.cloverwatch.wire;

import eu.cloverwatch.model.Sha256;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What the ledger's Merkle tree knows of a record: SHA-256 of its {@link RecordBytes}. */
public final class LedgerLeaf {

    private static final int USUAL_BYTES = 4 << 10;
    private static final ThreadLocal<ByteBuffer> SCRATCH =
            ThreadLocal.withInitial(() -> ByteBuffer.allocate(USUAL_BYTES));

    private LedgerLeaf() {}

    /**
     * The leaf's data.
     *
     * @param key as it is in the topic; null and empty are different
     * @param value as it is in the topic; null and empty are different
     * @param timestampMs of the Kafka record; a negative one counts as 0
     * @return 32 bytes
     */
    public static byte[] of(byte @Nullable [] key, byte @Nullable [] value, long timestampMs, long offset) {
        ByteBuffer bytes = RecordBytes.of(SCRATCH.get(), key, value, timestampMs, offset);
        return Sha256.ofFirst(bytes.array(), bytes.limit());
    }
}
