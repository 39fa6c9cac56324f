package eu.cloverwatch.runtime;

import eu.cloverwatch.topology.StateStores;
import eu.cloverwatch.wire.Topic;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Where a monitor begins to read: at the offsets of its group, or at the beginning if it has neither offsets nor state. State
 * without offsets is what brokers leave of a monitor that was down for longer than they keep offsets; all that they still have
 * would be judged again, and counted twice.
 */
final class StartingPoint {

    /** By partition of the access events: one of these has an entry as soon as a record of the partition was read. */
    private static final List<String> STORES = List.of(StateStores.LEDGER, StateStores.OPEN_EPOCHS);

    private final Configuration configuration;
    private final Cluster cluster;
    private final String events;

    StartingPoint(Configuration configuration, Cluster cluster) {
        this.configuration = configuration;
        this.cluster = cluster;
        this.events = configuration.topicName(Topic.ACCESS_EVENTS);
    }

    /**
     * Sees that offsets and state belong together.
     *
     * @param partitions of the access events
     * @throws EnvironmentException if there is state of partitions without an offset, or the cluster does not say
     */
    void check(int partitions) {
        try (Admin admin = cluster.admin()) {
            // What is being decided is not waited for: a transaction that hangs must not keep everybody from starting.
            Set<Integer> lost = unread(admin, partitions, false);
            if (lost.isEmpty()) {
                return;
            }
            lost.retainAll(withState(admin, lost));
            if (!lost.isEmpty()) {
                // Another instance may just have committed for the first time: state and offsets at once.
                lost.retainAll(unread(admin, partitions, true));
            }
            if (!lost.isEmpty()) {
                throw new EnvironmentException(message(lost));
            }
        }
    }

    private String message(Set<Integer> lost) {
        String group = configuration.applicationId();
        return "the offsets of group " + group + " are gone for " + events + " "
                + lost.stream().sorted().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"))
                + ", its state is not: expected both or neither. With this state, every record that the topic still has would be"
                + " judged and counted a second time. Down for longer than the brokers' offsets.retention.minutes? See"
                + " docs/operations.md, \"Offsets that are gone\"";
    }

    /**
     * Partitions of which no offset was committed.
     *
     * @param decided whether to wait for the end of transactions that are being decided
     */
    private Set<Integer> unread(Admin admin, int partitions, boolean decided) {
        Set<Integer> unread = IntStream.range(0, partitions).boxed().collect(Collectors.toSet());
        try {
            cluster.get(admin.listConsumerGroupOffsets(
                                    configuration.applicationId(),
                                    new ListConsumerGroupOffsetsOptions().requireStable(decided))
                            .partitionsToOffsetAndMetadata())
                    .forEach((partition, offset) -> {
                        if (offset != null && partition.topic().equals(events)) {
                            unread.remove(partition.partition());
                        }
                    });
        } catch (EnvironmentException e) {
            if (!(Causes.root(e) instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
        return unread;
    }

    /** Those of these partitions of which there is state. */
    private Set<Integer> withState(Admin admin, Set<Integer> partitions) {
        Map<TopicPartition, CommittedRecords.Range> ranges = new HashMap<>();
        for (String store : STORES) {
            String changelog = configuration.applicationId() + "-" + store + "-changelog";
            ranges.putAll(ranges(admin, partitionsOf(admin, changelog, partitions)));
        }
        Set<Integer> found = new HashSet<>();
        try (CommittedRecords records = new CommittedRecords(configuration)) {
            // What a transaction left that was never committed is nothing: so ends a first start that is killed.
            boolean complete = records.read(ranges, record -> {
                found.add(record.partition());
                return !found.containsAll(partitions);
            });
            if (!complete && found.isEmpty()) {
                throw new EnvironmentException("the changelogs of " + configuration.applicationId()
                        + " cannot be read: the cluster is slow to answer");
            }
        } catch (KafkaException e) {
            throw new EnvironmentException(
                    "the changelogs of " + configuration.applicationId() + " cannot be read: " + Causes.message(e), e);
        }
        return found;
    }

    private List<TopicPartition> partitionsOf(Admin admin, String changelog, Set<Integer> partitions) {
        try {
            int there = cluster.get(Objects.requireNonNull(admin.describeTopics(List.of(changelog))
                            .topicNameValues()
                            .get(changelog)))
                    .partitions()
                    .size();
            return partitions.stream()
                    .filter(partition -> partition < there)
                    .map(partition -> new TopicPartition(changelog, partition))
                    .toList();
        } catch (UnknownTopicOrPartitionException e) {
            return List.of();
        }
    }

    /** Those that are not empty, to where every transaction is decided. */
    private Map<TopicPartition, CommittedRecords.Range> ranges(Admin admin, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> first = offsets(admin, partitions, OffsetSpec.earliest());
        Map<TopicPartition, CommittedRecords.Range> ranges = new HashMap<>();
        offsets(admin, partitions, OffsetSpec.latest()).forEach((partition, end) -> {
            long from = Objects.requireNonNull(first.get(partition));
            if (from < end) {
                ranges.put(partition, new CommittedRecords.Range(from, end));
            }
        });
        return ranges;
    }

    private Map<TopicPartition, Long> offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
        partitions.forEach(partition -> specs.put(partition, which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        cluster.get(admin.listOffsets(specs, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all())
                .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return offsets;
    }
}
