package eu.cloverwatch.runtime;

import eu.cloverwatch.runtime.CommittedRecords.Range;
import eu.cloverwatch.wire.Topic;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Tells whether the monitors of an application id, wherever they run, are done with everything that was published to them:
 * events, facts, what is on its way in repartition topics, and work that is kept in stores.
 *
 * <p>Only committed things are looked at, in this order: the group's committed offsets; the ends of all topics, open
 * transactions included; whether there is data between the two; whether committed entries are left in the stores of work; the
 * ends again. It is quiet if no transaction is open on any of the topics, there is neither data nor work, and the ends have not
 * moved. Why that suffices:
 *
 * <ul>
 *   <li>An offset is committed by the transaction that holds what came of the record, and seen here once that transaction is
 *       decided. What it wrote was appended before it was decided, so the ends, which are read later, include it.
 *   <li>Its markers reach partitions at different times: where one is missing, the transaction is still open, and it is not quiet.
 *       Markers are no data, and nobody commits offsets behind them: hence the look at what lies between.
 *   <li>So everything in the input topics was done with when the offsets were read, and nothing was added until the ends were.
 *       What may still write is work that had been put aside. An entry that was put aside is in its changelog, by the first point.
 *       One that is done is gone from there by the transaction that holds what came of it: if that was sent on, it was appended
 *       before the changelog was read. Then either the first ends include it, and the first points hold for it; or the second
 *       ones differ.
 *   <li>The store itself would not do: it forgets an entry before the transaction is decided, and before what came of it is even
 *       sent.
 * </ul>
 *
 * <p>The results can be read once it is quiet: topics that the monitor writes have no open transaction either. Records that are
 * published during the look may or may not be taken into account. Topics whose names start with the application id and a hyphen
 * are taken for the application's own, as Kafka's access rules by prefix do.
 */
public final class Quiescence implements AutoCloseable {

    private static final Set<Topic> INPUTS =
            EnumSet.of(Topic.ACCESS_EVENTS, Topic.EMPLOYEE_LOCATIONS, Topic.CONSENTS, Topic.GATEWAYS, Topic.POLICIES);

    private final Set<String> inputs = new HashSet<>();
    private final Set<String> outputs = new HashSet<>();
    private final Set<String> work;
    private final String internalPrefix;
    private final GroupOffsets offsets;
    private final CommittedRecords records;
    private final Map<TopicPartition, Long> workRead = new HashMap<>();
    private final Map<TopicPartition, Set<ByteBuffer>> workLeft = new HashMap<>();

    /**
     * @param workStores names of the stores whose entries are work still to do: put and deleted in the transactions that the
     *     class comment speaks of
     * @throws ConfigurationException if Kafka's client cannot do with the {@code kafka.} keys
     */
    public Quiescence(Configuration configuration, Collection<String> workStores) {
        for (Topic topic : Topic.values()) {
            (INPUTS.contains(topic) ? inputs : outputs).add(configuration.topicName(topic));
        }
        this.internalPrefix = configuration.applicationId() + "-";
        this.work = workStores.stream()
                .map(store -> internalPrefix + store + "-changelog")
                .collect(Collectors.toSet());
        this.offsets = new GroupOffsets(configuration);
        this.records = new CommittedRecords(configuration);
    }

    /**
     * Looks once: some requests to the cluster, some ten milliseconds.
     *
     * @return false also while it cannot be told, because the cluster does not answer or a transaction is being decided
     * @throws EnvironmentException if the cluster refuses to tell
     */
    public synchronized boolean isQuiet() throws InterruptedException {
        try {
            List<TopicPartition> partitions = offsets.partitions(this::concerns);
            Map<TopicPartition, Long> committed = offsets.committed();
            Map<TopicPartition, Long> ends = offsets.ends(partitions);
            return ends.equals(offsets.stableEnds(partitions))
                    && isEverythingRead(committed, ends)
                    && isAllWorkDone(ends)
                    && ends.equals(offsets.ends(partitions));
        } catch (RetriableException e) {
            return false;
        }
    }

    private boolean concerns(String topic) {
        return isRead(topic) || outputs.contains(topic) || work.contains(topic);
    }

    private boolean isRead(String topic) {
        return inputs.contains(topic) || (topic.startsWith(internalPrefix) && topic.endsWith("-repartition"));
    }

    private boolean isEverythingRead(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        // Where nothing is committed, from what is there: an offset too low is moved to the first one.
        return records.read(ranges(this::isRead, committed, ends), record -> false);
    }

    private boolean isAllWorkDone(Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Range> news = ranges(work::contains, workRead, ends);
        if (!records.read(news, this::work)) {
            return false;
        }
        news.forEach((partition, range) -> workRead.put(partition, range.to()));
        return workLeft.values().stream().allMatch(Set::isEmpty);
    }

    /** From there, or from the beginning, to the end, of these topics; without those where there is nothing between. */
    private static Map<TopicPartition, Range> ranges(
            Predicate<String> topics, Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Range> ranges = new HashMap<>();
        ends.forEach((partition, end) -> {
            Range range = new Range(from.getOrDefault(partition, 0L), end);
            if (topics.test(partition.topic()) && range.from() < range.to()) {
                ranges.put(partition, range);
            }
        });
        return ranges;
    }

    private boolean work(ConsumerRecord<byte[], byte[]> record) {
        Set<ByteBuffer> left = workLeft.computeIfAbsent(
                new TopicPartition(record.topic(), record.partition()), partition -> new HashSet<>());
        if (record.value() == null) {
            left.remove(ByteBuffer.wrap(record.key()));
        } else {
            left.add(ByteBuffer.wrap(record.key()));
        }
        return true;
    }

    @Override
    public synchronized void close() {
        records.close();
        offsets.close();
    }
}
