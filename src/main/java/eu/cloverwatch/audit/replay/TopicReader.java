package eu.cloverwatch.audit.replay;

import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Reads topics with READ and nothing else: no group, nothing committed, no topic made; committed records only. Partitions are
 * read side by side, each by one worker and in its order.
 */
public final class TopicReader {

    private static final Duration POLL = Duration.ofSeconds(1);
    /** Longer than a broker takes to restart. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration OPEN_TRANSACTION = Duration.ofSeconds(5);
    private static final long ASK_AGAIN_MS = 100;
    private static final int END_WAIT_MS = 50;

    private final ReplaySource source;

    /**
     * Offsets of a partition.
     *
     * @param beginning the first that is still kept
     * @param from where to read from, inclusive
     * @param to exclusive: the end of what was committed when it was asked
     * @param written exclusive: the end of what was written when it was asked; beyond {@code to}, it is behind a transaction that
     *     is open, and not read
     */
    public record Range(TopicPartition partition, long beginning, long from, long to, long written) {

        /** All of which is committed. */
        public Range(TopicPartition partition, long beginning, long from, long to) {
            this(partition, beginning, from, to, to);
        }

        public long length() {
            return Math.max(0, to - from);
        }

        /** Whether nothing is behind a transaction that is open. */
        public boolean isWhole() {
            return to >= written;
        }
    }

    /** What is done with the records of one partition; called by one thread only. */
    public interface Sink {
        void accept(ConsumerRecord<byte[], byte[]> record);

        /** All were accepted. */
        default void finish() {}
    }

    public TopicReader(ReplaySource source) {
        this.source = source;
    }

    /** All of the topic, by partition. */
    public List<Range> whole(Topic topic) {
        return ranges(topic, Instant.EPOCH);
    }

    /**
     * Of each partition what may hold records with such timestamps: all from the first one on.
     *
     * @throws TopicUnavailableException if there is no such topic, or it cannot be read
     * @throws ClusterSettingsException if the source's properties are of no use
     */
    public List<Range> since(Topic topic, Instant earliest) {
        return ranges(topic, earliest.isBefore(Instant.EPOCH) ? Instant.EPOCH : earliest);
    }

    private List<Range> ranges(Topic topic, Instant earliest) {
        String name = source.name(topic);
        return naming(name, () -> {
            try (KafkaConsumer<byte[], byte[]> consumer = consumer("range", IsolationLevel.READ_COMMITTED)) {
                List<TopicPartition> partitions = partitions(consumer, name);
                Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
                Map<TopicPartition, Long> written = written(partitions);
                Map<TopicPartition, Long> ends = committed(consumer, written);
                Map<TopicPartition, Long> times = new HashMap<>();
                partitions.forEach(partition -> times.put(partition, earliest.toEpochMilli()));
                Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
                return partitions.stream()
                        .map(partition -> {
                            OffsetAndTimestamp first = found.get(partition);
                            long beginning = Objects.requireNonNull(beginnings.get(partition));
                            long end = Objects.requireNonNull(ends.get(partition));
                            long from =
                                    earliest.equals(Instant.EPOCH) ? beginning : first == null ? end : first.offset();
                            return new Range(
                                    partition,
                                    beginning,
                                    Math.min(from, end),
                                    end,
                                    Math.max(end, Objects.requireNonNull(written.get(partition))));
                        })
                        .toList();
            }
        });
    }

    private Map<TopicPartition, Long> written(List<TopicPartition> partitions) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("written", IsolationLevel.READ_UNCOMMITTED)) {
            return consumer.endOffsets(partitions);
        }
    }

    /** Who writes in transactions has one open at almost any time: what is committed soon is waited for. */
    private static Map<TopicPartition, Long> committed(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> written) {
        long since = System.nanoTime();
        while (true) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(written.keySet());
            boolean all = written.entrySet().stream()
                    .allMatch(end -> Objects.requireNonNull(ends.get(end.getKey())) >= end.getValue());
            if (all || System.nanoTime() - since > OPEN_TRANSACTION.toNanos()) {
                return ends;
            }
            Utils.sleep(ASK_AGAIN_MS);
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String name) {
        List<PartitionInfo> partitions = consumer.partitionsFor(name);
        if (partitions == null || partitions.isEmpty()) {
            throw new TopicUnavailableException(
                    name + ": there is no such topic, or this principal may not describe it");
        }
        return partitions.stream()
                .map(info -> new TopicPartition(name, info.partition()))
                .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
                .toList();
    }

    /**
     * Reads ranges to their ends, several at a time.
     *
     * @param sinks makes the sink of a partition
     * @param progress receives how many offsets were done since it was called last; by several threads
     * @return the sinks, in the order of the ranges
     */
    public <S extends Sink> List<S> read(List<Range> ranges, Function<Range, S> sinks, LongConsumer progress) {
        List<S> made = ranges.stream().map(sinks).toList();
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            Range range = ranges.get(i);
            S sink = made.get(i);
            if (range.length() > 0) {
                tasks.add(() -> naming(range.partition().toString(), () -> {
                    read(range, sink, progress);
                    sink.finish();
                    return sink;
                }));
            } else {
                sink.finish();
            }
        }
        Workers.run(source.workers(), tasks);
        return made;
    }

    private void read(Range range, Sink sink, LongConsumer progress) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                consumer(range.partition().toString(), IsolationLevel.READ_COMMITTED)) {
            consumer.assign(List.of(range.partition()));
            consumer.seek(range.partition(), range.from());
            long position = range.from();
            long moved = System.nanoTime();
            while (position < range.to()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < range.to()) {
                        sink.accept(record);
                    }
                }
                long next = Math.min(consumer.position(range.partition()), range.to());
                if (next > position) {
                    progress.accept(next - position);
                    position = next;
                    moved = System.nanoTime();
                } else if (System.nanoTime() - moved > PATIENCE.toNanos()) {
                    throw new TopicUnavailableException(range.partition() + "@" + position + ": nothing came for "
                            + PATIENCE.toSeconds() + " s, though there is more");
                }
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(String purpose, IsolationLevel isolation) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
        // At the end of a range the client has asked for more already, and closing waits for the answer.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, END_WAIT_MS);
        properties.putAll(source.kafka());
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "cloverwatch-replay-" + purpose);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        try {
            return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw ReadFailures.making(e);
        }
    }

    private interface Reading<T> {
        T read();
    }

    private static <T> T naming(String topic, Reading<T> reading) {
        try {
            return reading.read();
        } catch (KafkaException e) {
            throw ReadFailures.reading(topic, e);
        }
    }
}
