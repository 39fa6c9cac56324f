package eu.cloverwatch.audit.verify;

import eu.cloverwatch.model.ViolationIds;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.MerkleRoot;
import eu.cloverwatch.runtime.SampleRecords;
import eu.cloverwatch.runtime.SampleViolation;
import eu.cloverwatch.v1.Evidence;
import eu.cloverwatch.v1.LedgerEpoch;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.HashChain;
import eu.cloverwatch.wire.LedgerLeaf;
import eu.cloverwatch.wire.Topic;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Events that nobody can read, in one partition, with the epochs and violations that a monitor would publish of them. */
final class HandWrittenLog implements AutoCloseable {

    static final String CHAIN = "hand/0";

    private static final long T = SampleRecords.NOON.toEpochMilli();

    private final Deployment deployment;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<byte[]> leaves = new ArrayList<>();
    private byte[] previousRoot = new byte[0];
    private byte[] previousHash = new byte[0];
    private int accounted;
    private long sequence;

    HandWrittenLog(Deployment deployment) {
        this.deployment = deployment;
        this.producer = new KafkaProducer<>(
                new HashMap<>(deployment.configuration("hand").kafka()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void events(int count) {
        for (int i = 0; i < count; i++) {
            byte[] value = {42};
            leaves.add(LedgerLeaf.of(null, value, T, leaves.size()));
            write(Topic.ACCESS_EVENTS, 0, value);
        }
    }

    /**
     * The next epoch.
     *
     * @param last inclusive; of events beyond the log's end nothing is known
     */
    void epoch(int last, Map<String, Long> outcomes) {
        byte[] root = MerkleRoot.of(leaves.subList(accounted, Math.min(last + 1, leaves.size())));
        write(
                Topic.LEDGER,
                0,
                new LedgerEpoch(
                        deployment.topic(Topic.ACCESS_EVENTS),
                        0,
                        (long) accounted,
                        (long) last,
                        last + 1L - accounted,
                        outcomes,
                        ByteBuffer.wrap(root),
                        ByteBuffer.wrap(previousRoot),
                        Instant.EPOCH));
        accounted = last + 1;
        previousRoot = root;
    }

    /** Of the event at this offset, as the next of the chain. */
    void violation(int partition, long offset) {
        write(Topic.VIOLATIONS, partition, next(offset));
    }

    /** The same in a transaction that stays open until this producer is closed. */
    KafkaProducer<byte[], byte[]> violationInOpenTransaction(int partition, long offset) {
        Map<String, Object> settings =
                new HashMap<>(deployment.configuration("hand").kafka());
        settings.put("transactional.id", deployment.topic(Topic.VIOLATIONS));
        KafkaProducer<byte[], byte[]> open =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        open.initTransactions();
        open.beginTransaction();
        String topic = deployment.topic(Topic.VIOLATIONS);
        open.send(new ProducerRecord<>(
                topic, partition, T, null, deployment.serde().serialize(topic, next(offset))));
        open.flush();
        return open;
    }

    /** The next of the chain, which is not written. */
    Violation next(long offset) {
        Violation violation = SampleViolation.of("e-" + offset);
        violation.setViolationId(ViolationIds.of("e-" + offset).toString());
        violation.setOccurredAt(SampleRecords.NOON);
        violation.setEvidence(Evidence.newBuilder(violation.getEvidence())
                .setTopic(deployment.topic(Topic.ACCESS_EVENTS))
                .setPartition(0)
                .setOffset(offset)
                .build());
        previousHash = HashChain.link(violation, CHAIN, sequence, previousHash);
        sequence++;
        return violation;
    }

    private void write(Topic topic, int partition, SpecificRecord record) {
        write(topic, partition, deployment.serde().serialize(deployment.topic(topic), record));
    }

    private void write(Topic topic, int partition, byte[] value) {
        producer.send(new ProducerRecord<>(deployment.topic(topic), partition, T, null, value));
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
