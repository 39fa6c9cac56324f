package eu.cloverwatch.topology;

import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.wire.Topic;
import eu.cloverwatch.wire.UnreadableRecordException;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Publishes, exactly once, the broadcast facts that cannot be used. The broadcast itself only skips them: every instance
 * reads it, and at each start again.
 */
final class AdmitFacts implements Processor<byte[], byte[], byte[], Routed> {

    private final FactDecoder decoder;
    private final Map<String, Topic> topics;
    private ProcessorContext<byte[], Routed> context;

    /** @param topics the broadcast topics by name */
    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    AdmitFacts(FactDecoder decoder, Map<String, Topic> topics) {
        this.decoder = decoder;
        this.topics = topics;
    }

    @Override
    public void init(ProcessorContext<byte[], Routed> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Origin origin = Origins.of(context, record);
        Topic topic = topics.get(origin.topic());
        if (topic == null) {
            throw new IllegalStateException("no facts are read from " + origin.topic());
        }
        try {
            Rejects.refuseTooLarge(record.key(), record.value());
            decoder.decode(topic, record.key(), record.value(), origin.timestamp());
        } catch (UnreadableRecordException | InvalidRecordException e) {
            context.forward(
                    Rejects.of(record.key(), record.value(), origin, e.getMessage(), context.currentSystemTimeMs()));
        }
    }
}
