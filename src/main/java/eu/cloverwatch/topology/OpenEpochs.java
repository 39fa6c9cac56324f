package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.OpenEpoch;
import eu.cloverwatch.model.MerkleTree;
import eu.cloverwatch.model.Outcome;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The records of one source partition as they are read: of each a leaf in the Merkle tree of its epoch, and its outcome if it
 * ended there. Only this adds to epochs; {@link Ledger} publishes and removes those that have ended.
 */
final class OpenEpochs {

    private static final long NONE = -1;

    private final KeyValueStore<Long, OpenEpoch> store;
    private final int epochRecords;

    /** The epoch that records are added to, and its tree; null between epochs. */
    private @Nullable KeyValue<Long, OpenEpoch> current;

    private MerkleTree tree = MerkleTree.empty();

    /** End of the last epoch that has ended, exclusive. */
    private long lastEnd;

    /** Since the last record was counted. */
    private boolean hasEnded;

    /**
     * @param store by first offset
     * @param publishedTo end of the last epoch that was published, exclusive
     */
    OpenEpochs(KeyValueStore<Long, OpenEpoch> store, long publishedTo, int epochRecords) {
        this.store = store;
        this.epochRecords = epochRecords;
        this.lastEnd = publishedTo;
        try (KeyValueIterator<Long, OpenEpoch> all = store.all()) {
            all.forEachRemaining(this::restore);
        }
    }

    private void restore(KeyValue<Long, OpenEpoch> epoch) {
        if (epoch.value.getEnded()) {
            lastEnd = epoch.value.getEnd();
        } else {
            current = epoch;
            tree = tree(epoch.value);
        }
    }

    static MerkleTree tree(OpenEpoch epoch) {
        return MerkleTree.restore(
                epoch.getRecords(), epoch.getSubtrees().stream().map(Bytes::of).toList());
    }

    /** Whether the record at this offset was counted before; it is not counted again. */
    boolean hasCounted(long offset) {
        return offset < (current == null ? lastEnd : current.value.getLastOffset() + 1);
    }

    /**
     * Makes the epoch of this offset the current one; one that the offset has left behind ends.
     *
     * @param offset greater than all that were counted
     * @return its first offset
     */
    long advance(long offset) {
        if (current != null && offset >= current.value.getEnd()) {
            end(current);
        }
        if (current == null) {
            // An epoch of another size may have ended beyond the last multiple of this one.
            long first = Math.max(offset / epochRecords * epochRecords, lastEnd);
            current = KeyValue.pair(first, empty((offset / epochRecords + 1) * epochRecords));
            tree = MerkleTree.empty();
        }
        return current.key;
    }

    private static OpenEpoch empty(long end) {
        return OpenEpoch.newBuilder()
                .setEnd(end)
                .setLastOffset(NONE)
                .setRecords(0)
                .setSubtrees(List.of())
                .setOutcomes(OutcomeNumbers.none())
                .setReadAt(Instant.EPOCH)
                .setEnded(false)
                .build();
    }

    /**
     * Counts the record at this offset, to which {@link #advance} has just come.
     *
     * @param leaf see {@link eu.cloverwatch.wire.LedgerLeaf}
     * @param outcome null if it is still to come
     * @return whether an epoch has ended by it
     */
    boolean count(long offset, byte[] leaf, @Nullable Outcome outcome, Instant now) {
        KeyValue<Long, OpenEpoch> open = current;
        if (open == null) {
            throw new IllegalStateException("no epoch is open");
        }
        OpenEpoch epoch = open.value;
        tree.add(leaf);
        epoch.setRecords(tree.leaves());
        epoch.setSubtrees(tree.subtrees().stream().map(ByteBuffer::wrap).toList());
        epoch.setLastOffset(offset);
        epoch.setReadAt(now);
        if (outcome != null) {
            OutcomeNumbers.add(epoch.getOutcomes(), outcome);
        }
        if (offset == epoch.getEnd() - 1) {
            end(open);
        } else {
            store.put(open.key, epoch);
        }
        boolean anyEnded = hasEnded;
        hasEnded = false;
        return anyEnded;
    }

    private void end(KeyValue<Long, OpenEpoch> epoch) {
        epoch.value.setEnded(true);
        store.put(epoch.key, epoch.value);
        lastEnd = epoch.value.getEnd();
        current = null;
        hasEnded = true;
    }
}
