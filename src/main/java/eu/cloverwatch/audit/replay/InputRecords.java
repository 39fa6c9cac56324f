package eu.cloverwatch.audit.replay;

import eu.cloverwatch.audit.replay.Replayed.Input;
import eu.cloverwatch.model.MerkleTree;
import eu.cloverwatch.model.Sha256;
import eu.cloverwatch.wire.RecordBytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What the report says of the records of one partition that went into it: how many, their offsets, and the root of a Merkle
 * tree whose leaves are blocks of a thousand of them, the last block of what is left. Not safe for use by several threads.
 */
final class InputRecords {

    private static final int BLOCK = 1_000;
    private static final int USUAL_BYTES = 4 << 10;

    private final MerkleTree tree = MerkleTree.empty();
    private final ByteBuffer scratch = ByteBuffer.allocate(USUAL_BYTES);
    private final MessageDigest block = Sha256.newDigest();
    private boolean open;
    private long count;
    private long firstOffset = -1;
    private long lastOffset = -1;

    void add(ConsumerRecord<byte[], byte[]> record) {
        if (!open) {
            block.update(MerkleTree.LEAF);
            open = true;
        }
        ByteBuffer bytes = RecordBytes.of(scratch, record.key(), record.value(), record.timestamp(), record.offset());
        block.update(bytes.array(), 0, bytes.limit());
        firstOffset = firstOffset < 0 ? record.offset() : firstOffset;
        lastOffset = record.offset();
        count++;
        if (count % BLOCK == 0) {
            endBlock();
        }
    }

    private void endBlock() {
        if (open) {
            tree.addLeaf(block.digest());
            open = false;
        }
    }

    /** Of all records, when the last was added. */
    Input input(TopicPartition partition) {
        endBlock();
        return new Input(
                partition.topic(),
                partition.partition(),
                firstOffset,
                lastOffset,
                count,
                HexFormat.of().formatHex(tree.root()));
    }
}
