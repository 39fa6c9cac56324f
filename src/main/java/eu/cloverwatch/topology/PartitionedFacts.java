package eu.cloverwatch.topology;

import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.wire.Topic;
import eu.cloverwatch.wire.UnreadableRecordException;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Reads the facts of a partition; those that cannot be used are rejected. */
final class PartitionedFacts {

    private final FactDecoder decoder;
    private final Topic topic;
    private final int partitions;

    /** @param partitions number of partitions of the topic */
    PartitionedFacts(FactDecoder decoder, Topic topic, int partitions) {
        this.decoder = decoder;
        this.topic = topic;
        this.partitions = partitions;
    }

    /** The fact; empty if it was rejected. */
    Optional<Fact> read(ProcessorContext<byte[], Routed> context, Record<byte[], ?> record, byte @Nullable [] value) {
        Origin origin = Origins.of(context, record);
        try {
            Rejects.refuseTooLarge(record.key(), value);
            Fact fact = decoder.decode(topic, record.key(), value, origin.timestamp());
            inItsPartition(record.key(), origin.partition());
            return Optional.of(fact);
        } catch (UnreadableRecordException | InvalidRecordException e) {
            context.forward(Rejects.of(record.key(), value, origin, e.getMessage(), context.currentSystemTimeMs()));
            return Optional.empty();
        }
    }

    /** A fact elsewhere would never meet its events, without a word. librdkafka's default partitioner puts it elsewhere. */
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
