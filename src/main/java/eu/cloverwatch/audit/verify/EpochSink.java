package eu.cloverwatch.audit.verify;

import eu.cloverwatch.audit.replay.TopicReader;
import eu.cloverwatch.model.MerkleTree;
import eu.cloverwatch.wire.LedgerLeaf;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The records of one source partition, as the Merkle trees of the epochs that account for them. */
final class EpochSink implements TopicReader.Sink {

    private final TopicReader.Range range;
    private final TreeMap<Long, Epoch> epochs;
    private final Map<Long, MerkleTree> trees = new HashMap<>();
    private final TreeMap<Long, Long> uncovered = new TreeMap<>();

    /** @param epochs by first offset */
    EpochSink(TopicReader.Range range, TreeMap<Long, Epoch> epochs) {
        this.range = range;
        this.epochs = epochs;
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        Epoch epoch = covering(record.offset());
        if (epoch == null) {
            // By the offset after the last epoch before it, so that a gap is one.
            Map.Entry<Long, Epoch> before = epochs.floorEntry(record.offset());
            uncovered.merge(before == null ? range.from() : before.getValue().last() + 1, 1L, Long::sum);
            return;
        }
        trees.computeIfAbsent(epoch.first(), first -> MerkleTree.empty())
                .add(LedgerLeaf.of(record.key(), record.value(), record.timestamp(), record.offset()));
    }

    private @Nullable Epoch covering(long offset) {
        Map.Entry<Long, Epoch> epoch = epochs.floorEntry(offset);
        return epoch == null || epoch.getValue().last() < offset ? null : epoch.getValue();
    }

    TopicReader.Range range() {
        return range;
    }

    TreeMap<Long, Epoch> epochs() {
        return epochs;
    }

    /** The tree of the records of an epoch that are there. */
    MerkleTree tree(Epoch epoch) {
        return trees.getOrDefault(epoch.first(), MerkleTree.empty());
    }

    /** Number of records that no epoch accounts for, by where the gap begins. */
    TreeMap<Long, Long> uncovered() {
        return uncovered;
    }
}
