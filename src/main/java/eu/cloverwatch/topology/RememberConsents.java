package eu.cloverwatch.topology;

import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.wire.Topic;
import eu.cloverwatch.wire.UnreadableRecordException;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Keeps every version of the consents of the subjects of this partition. */
final class RememberConsents implements Processor<byte[], byte[], byte[], Routed> {

    private final FactDecoder decoder;
    private final int partitions;
    private ProcessorContext<byte[], Routed> context;
    private ConsentStore consents;

    /** @param partitions number of partitions of the consents topic */
    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    RememberConsents(FactDecoder decoder, int partitions) {
        this.decoder = decoder;
        this.partitions = partitions;
    }

    @Override
    public void init(ProcessorContext<byte[], Routed> context) {
        this.context = context;
        this.consents = new ConsentStore(context.getStateStore(FlowTopology.CONSENTS));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Origin origin = Origins.of(context, record);
        try {
            Rejects.refuseTooLarge(record.key(), record.value());
            Fact fact = decoder.decode(Topic.CONSENTS, record.key(), record.value(), origin.timestamp());
            inItsPartition(record.key(), origin.partition());
            consents.add((Fact.Consented) fact);
        } catch (UnreadableRecordException | InvalidRecordException e) {
            context.forward(
                    Rejects.of(record.key(), record.value(), origin, e.getMessage(), context.currentSystemTimeMs()));
        }
    }

    /**
     * A consent elsewhere would never meet its subject's events, without a word. librdkafka's default partitioner puts it
     * elsewhere.
     */
    private void inItsPartition(byte[] key, int partition) {
        int expected = Utils.toPositive(Utils.murmur2(key)) % partitions;
        if (partition != expected) {
            throw new InvalidRecordException(
                    "partition",
                    "partition " + expected + " of " + partitions
                            + " by Kafka's default partitioner (librdkafka: partitioner=murmur2_random)");
        }
    }
}
