package eu.cloverwatch.topology;

import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.RecordTime;
import eu.cloverwatch.wire.Topic;
import eu.cloverwatch.wire.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the {@link BroadcastFacts} from their topics: all partitions, from the beginning, at every start, and on as records
 * come. Not a global store, because the same topics are also read by partition; see docs/adr/0005.
 */
public final class FactBroadcast implements AutoCloseable {

    /** The topics that every instance reads whole. */
    static final Set<Topic> TOPICS = EnumSet.of(Topic.GATEWAYS, Topic.POLICIES);

    private static final Logger log = LoggerFactory.getLogger(FactBroadcast.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PARTITIONS_CHECK = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<String, Topic> topics = new HashMap<>();
    private final FactDecoder decoder;
    private final BroadcastFacts facts;
    private final java.util.function.Consumer<Throwable> onFailure;
    private final Duration partitionsCheck;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Starts reading on a thread of its own.
     *
     * @param consumer belongs to the broadcast from here on; reads committed records, commits nothing
     * @param onFailure called once, on that thread, if reading ends by an error; the facts are stale from then on
     */
    public FactBroadcast(
            Consumer<byte[], byte[]> consumer,
            TopologySettings settings,
            RecordSerde serde,
            BroadcastFacts facts,
            java.util.function.Consumer<Throwable> onFailure) {
        this(consumer, settings, serde, facts, onFailure, PARTITIONS_CHECK);
    }

    /** @param partitionsCheck how often to look for partitions that are new */
    FactBroadcast(
            Consumer<byte[], byte[]> consumer,
            TopologySettings settings,
            RecordSerde serde,
            BroadcastFacts facts,
            java.util.function.Consumer<Throwable> onFailure,
            Duration partitionsCheck) {
        this.consumer = consumer;
        this.decoder = new FactDecoder(serde, settings);
        this.facts = facts;
        this.onFailure = onFailure;
        this.partitionsCheck = partitionsCheck;
        TOPICS.forEach(topic -> topics.put(settings.name(topic), topic));
        this.thread = new Thread(this::run, "fact-broadcast");
        thread.start();
    }

    /**
     * Completes once everything that was in the topics at the start has been applied, or fails as reading did; closing before
     * that cancels it.
     */
    public CompletableFuture<Void> caughtUp() {
        return caughtUp;
    }

    private void run() {
        try (consumer) {
            read();
        } catch (WakeupException e) {
            // close() asked for it
        } catch (RuntimeException | Error e) {
            if (caughtUp.completeExceptionally(e) || !closed) {
                onFailure.accept(e);
            }
        } finally {
            facts.end();
            caughtUp.cancel(false);
        }
    }

    private void read() {
        assign();
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        long nextCheck = System.nanoTime() + partitionsCheck.toNanos();
        while (!closed) {
            consumer.poll(POLL).forEach(this::apply);
            tellPositions();
            if (!caughtUp.isDone()
                    && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                caughtUp.complete(null);
            }
            if (System.nanoTime() - nextCheck >= 0) {
                assignNew();
                nextCheck = System.nanoTime() + partitionsCheck.toNanos();
            }
        }
    }

    /** Positions, not offsets of records: what is read next may lie behind a record that is gone. */
    private void tellPositions() {
        for (TopicPartition partition : consumer.assignment()) {
            if (topics.get(partition.topic()) == Topic.GATEWAYS) {
                try {
                    facts.gatewaysRead(partition.partition(), consumer.position(partition, POLL));
                } catch (TimeoutException e) {
                    log.debug("the cluster does not say where {} begins", partition);
                }
            }
        }
    }

    /** A cluster that is away now is asked again later. */
    private void assignNew() {
        try {
            assign();
        } catch (TimeoutException e) {
            log.warn("the cluster does not say what partitions there are, asking again later: {}", e.getMessage());
        }
    }

    /** Assigns every partition there is; those that are new start at the beginning. */
    private void assign() {
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : topics.keySet()) {
            for (PartitionInfo partition : consumer.partitionsFor(topic)) {
                all.add(new TopicPartition(topic, partition.partition()));
            }
        }
        List<TopicPartition> added = new ArrayList<>(all);
        added.removeAll(consumer.assignment());
        if (!added.isEmpty()) {
            consumer.assign(all);
            consumer.seekToBeginning(added);
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        Topic topic = topics.get(record.topic());
        if (topic == null) {
            throw new IllegalStateException("not asked for " + record.topic());
        }
        try {
            Rejects.refuseTooLarge(record.key(), record.value());
            Instant timestamp = RecordTime.of(record.timestamp());
            facts.apply(decoder.decode(topic, record.key(), record.value(), timestamp), timestamp);
        } catch (UnreadableRecordException | InvalidRecordException e) {
            // AdmitFacts publishes it, once; here it only must play no part.
            log.warn("{}-{}@{} plays no part: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    /** Stops reading and waits for the thread to end. */
    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
