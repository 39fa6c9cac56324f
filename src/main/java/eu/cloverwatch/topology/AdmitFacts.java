package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.GatewayChange;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.wire.Topic;
import eu.cloverwatch.wire.UnreadableRecordException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Publishes, exactly once, the broadcast facts that cannot be used, and tells all subjects' partitions when a gateway's approval
 * has changed. The broadcast itself does neither: every instance reads it, and at each start again.
 */
final class AdmitFacts implements Processor<byte[], byte[], byte[], Routed> {

    private final FactDecoder decoder;
    private final Topic topic;
    private ProcessorContext<byte[], Routed> context;

    /** @param topic one of the broadcast ones */
    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    AdmitFacts(FactDecoder decoder, Topic topic) {
        this.decoder = decoder;
        this.topic = topic;
    }

    @Override
    public void init(ProcessorContext<byte[], Routed> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Origin origin = Origins.of(context, record);
        try {
            Rejects.refuseTooLarge(record.key(), record.value());
            Fact fact = decoder.decode(topic, record.key(), record.value(), origin.timestamp());
            if (fact instanceof Fact.Approved approved) {
                GatewayChange change = new GatewayChange(
                        approved.gatewayId(), approved.version().effectiveFrom(), origin.partition(), origin.offset());
                context.forward(new Record<>(record.key(), new Routed.ToSubjects(change), record.timestamp()));
            }
        } catch (UnreadableRecordException | InvalidRecordException e) {
            context.forward(
                    Rejects.of(record.key(), record.value(), origin, e.getMessage(), context.currentSystemTimeMs()));
        }
    }
}
