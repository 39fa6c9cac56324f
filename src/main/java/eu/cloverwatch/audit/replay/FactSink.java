package eu.cloverwatch.audit.replay;

import eu.cloverwatch.audit.replay.Replayed.Input;
import eu.cloverwatch.audit.replay.Replayed.Rejected;
import eu.cloverwatch.audit.replay.TopicReader.Range;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.MerkleTree;
import eu.cloverwatch.wire.LedgerLeaf;
import eu.cloverwatch.wire.UnreadableRecordException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The facts of one partition: what is valid is handed on, what is not is remembered as rejected. */
final class FactSink implements TopicReader.Sink {

    private final Range range;
    private final Consumer<ConsumerRecord<byte[], byte[]>> facts;
    private final MerkleTree tree = MerkleTree.empty();
    private final List<Rejected> rejected = new ArrayList<>();
    private long firstOffset = -1;
    private long lastOffset = -1;

    /** @param facts throws what is wrong with a fact; called by one thread */
    FactSink(Range range, Consumer<ConsumerRecord<byte[], byte[]>> facts) {
        this.range = range;
        this.facts = facts;
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        tree.add(LedgerLeaf.of(record.key(), record.value(), record.timestamp(), record.offset()));
        firstOffset = firstOffset < 0 ? record.offset() : firstOffset;
        lastOffset = record.offset();
        try {
            facts.accept(record);
        } catch (InvalidRecordException | UnreadableRecordException e) {
            if (rejected.size() < Tally.MAX_REJECTED) {
                rejected.add(new Rejected(TopicRecords.origin(record), String.valueOf(e.getMessage())));
            }
        }
    }

    Input input() {
        return new Input(
                range.partition().topic(),
                range.partition().partition(),
                firstOffset,
                lastOffset,
                tree.leaves(),
                HexFormat.of().formatHex(tree.root()));
    }

    List<Rejected> rejected() {
        return rejected;
    }
}
