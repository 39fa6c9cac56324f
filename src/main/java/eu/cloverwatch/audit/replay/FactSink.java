package eu.cloverwatch.audit.replay;

import eu.cloverwatch.audit.replay.Replayed.Input;
import eu.cloverwatch.audit.replay.TopicReader.Range;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.wire.UnreadableRecordException;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The facts of one partition: what is valid is handed on, what is not is remembered as rejected. */
final class FactSink implements TopicReader.Sink {

    private final Range range;
    private final Consumer<ConsumerRecord<byte[], byte[]>> facts;
    private final InputRoot root = new InputRoot();
    private final Runnable done;
    private final Rejects rejects = new Rejects();
    private long firstOffset = -1;
    private long lastOffset = -1;

    /**
     * @param facts throws what is wrong with a fact; called by one thread
     * @param done called by the same one when all facts were handed on
     */
    FactSink(Range range, Consumer<ConsumerRecord<byte[], byte[]>> facts, Runnable done) {
        this.range = range;
        this.facts = facts;
        this.done = done;
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        root.add(record);
        firstOffset = firstOffset < 0 ? record.offset() : firstOffset;
        lastOffset = record.offset();
        try {
            facts.accept(record);
        } catch (InvalidRecordException | UnreadableRecordException e) {
            rejects.add(TopicRecords.origin(record), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void finish() {
        done.run();
    }

    Input input() {
        return new Input(
                range.partition().topic(),
                range.partition().partition(),
                firstOffset,
                lastOffset,
                root.records(),
                HexFormat.of().formatHex(root.root()));
    }

    Rejects rejects() {
        return rejects;
    }
}
