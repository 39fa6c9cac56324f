package eu.cloverwatch.audit.replay;

import eu.cloverwatch.model.MerkleTree;
import eu.cloverwatch.model.Sha256;
import eu.cloverwatch.wire.RecordBytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What pins the records of one partition that a replay has read: the root of a Merkle tree whose leaves are blocks of a
 * thousand of them, the last block of what is left. Not safe for use by several threads.
 */
final class InputRoot {

    static final int BLOCK = 1_000;
    private static final int USUAL_BYTES = 4 << 10;

    private final MerkleTree tree = MerkleTree.empty();
    private final ByteBuffer scratch = ByteBuffer.allocate(USUAL_BYTES);
    private final MessageDigest block = Sha256.newDigest();
    private boolean open;
    private long records;

    void add(ConsumerRecord<byte[], byte[]> record) {
        if (!open) {
            block.update(MerkleTree.LEAF);
            open = true;
        }
        int length = RecordBytes.length(record.key(), record.value());
        ByteBuffer bytes = length <= USUAL_BYTES ? scratch.clear() : ByteBuffer.allocate(length);
        RecordBytes.put(bytes, record.key(), record.value(), record.timestamp(), record.offset());
        block.update(bytes.array(), 0, length);
        records++;
        if (records % BLOCK == 0) {
            endBlock();
        }
    }

    private void endBlock() {
        if (open) {
            tree.addLeaf(block.digest());
            open = false;
        }
    }

    long records() {
        return records;
    }

    /** Of all records, when the last was added: 32 bytes; of none SHA-256 of nothing. */
    byte[] root() {
        endBlock();
        return tree.root();
    }
}
