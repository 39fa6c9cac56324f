package eu.cloverwatch.audit.replay;

import eu.cloverwatch.audit.replay.Replayed.Input;
import eu.cloverwatch.audit.replay.TopicReader.Range;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.wire.UnreadableRecordException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The facts of one partition: what is valid is handed on, what is not is remembered as rejected. */
final class FactSink implements TopicReader.Sink {

    private final Range range;
    private final Consumer<ConsumerRecord<byte[], byte[]>> facts;
    private final InputRecords input = new InputRecords();
    private final Runnable done;
    private final Rejects rejects = new Rejects();

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
        input.add(record);
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
        return input.input(range.partition());
    }

    Rejects rejects() {
        return rejects;
    }
}
