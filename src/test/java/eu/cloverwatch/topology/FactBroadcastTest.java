package eu.cloverwatch.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.topology.TopologySettings.StoreKind;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against the consumer that kafka-clients brings for tests; its poll tasks run on the broadcast's thread, one a poll. */
@Timeout(60)
class FactBroadcastTest {

    private static final Instant T = Instant.parse("2024-06-05T09:00:00Z");
    private static final TopologySettings SETTINGS =
            TopologyHarness.settings(Map.of(Topic.GATEWAYS, "partner.gateways"), 1, StoreKind.IN_MEMORY);
    private static final TopicPartition GATEWAYS = new TopicPartition("partner.gateways", 0);
    private static final TopicPartition LATE = new TopicPartition("partner.gateways", 1);
    private static final TopicPartition POLICIES = new TopicPartition("cloverwatch.policies.v1", 0);

    @RegisterExtension
    static final SharedRegistry.Serde SERDE = new SharedRegistry.Serde();

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
    private final BroadcastFacts facts = new BroadcastFacts(TopologyHarness.HORIZON);
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private @Nullable FactBroadcast broadcast;

    FactBroadcastTest() {
        for (TopicPartition partition : List.of(GATEWAYS, POLICIES)) {
            exists(partition);
        }
    }

    private void exists(TopicPartition... partitions) {
        List<PartitionInfo> infos = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            infos.add(new PartitionInfo(partition.topic(), partition.partition(), null, null, null));
            consumer.updateBeginningOffsets(Map.of(partition, 0L));
            consumer.updateEndOffsets(Map.of(partition, 0L));
        }
        consumer.updatePartitions(partitions[0].topic(), infos);
    }

    private CompletableFuture<Void> start() {
        broadcast = new FactBroadcast(consumer, SETTINGS, SERDE.get(), facts, failures::add, Duration.ZERO);
        return broadcast.caughtUp();
    }

    @AfterEach
    void close() {
        if (broadcast != null) {
            broadcast.close();
        }
        assertThat(consumer.closed()).isTrue();
    }

    private void arrives(TopicPartition partition, long offset, String key, SpecificRecord record) {
        arrives(partition, offset, key.getBytes(UTF_8), SERDE.get().serialize(partition.topic(), record), T);
    }

    private void arrives(
            TopicPartition partition, long offset, byte @Nullable [] key, byte @Nullable [] value, Instant timestamp) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                timestamp.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
        consumer.schedulePollTask(() -> consumer.addRecord(record));
    }

    private @Nullable String destination(String gatewayId) {
        return facts.gateway(gatewayId, T) instanceof Lookup.Known<GatewayApproval> known
                ? known.value().destinations().get(0)
                : null;
    }

    private static void awaitCompletion(CompletableFuture<Void> future) throws Exception {
        future.get(30, TimeUnit.SECONDS);
    }

    @Test
    void withNothingInTheTopicsItHasCaughtUpAtOnce() throws Exception {
        awaitCompletion(start());
        assertThat(facts.size()).isZero();
    }

    @Test
    void itHasCaughtUpOnceAllThatWasThereIsApplied() throws Exception {
        consumer.updateEndOffsets(Map.of(GATEWAYS, 2L, POLICIES, 1L));
        CompletableFuture<Void> caughtUp = start();
        List<Boolean> done = new CopyOnWriteArrayList<>();
        arrives(GATEWAYS, 0, "G-1", Facts.approval("G-1", "JP", T, T));
        arrives(POLICIES, 0, "eu-user-data", Facts.revision(Facts.POLICY, T));
        consumer.schedulePollTask(() -> done.add(caughtUp.isDone()));
        arrives(GATEWAYS, 1, "G-2", Facts.approval("G-2", "US", T, T));
        awaitCompletion(caughtUp);

        assertThat(done).containsExactly(false);
        assertThat(destination("G-1")).isEqualTo("JP");
        assertThat(destination("G-2")).isEqualTo("US");
        assertThat(facts.policy(T)).isNotNull();
    }

    @Test
    void itGoesOnAsFactsCome() throws Exception {
        awaitCompletion(start());
        arrives(GATEWAYS, 0, "G-1", Facts.approval("G-1", "JP", T, T));
        await().untilAsserted(() -> assertThat(destination("G-1")).isEqualTo("JP"));
        arrives(POLICIES, 0, "eu-user-data", Facts.revision(Facts.POLICY, T));
        await().untilAsserted(() -> assertThat(facts.policy(T)).isNotNull());
        arrives(GATEWAYS, 1, "G-1".getBytes(UTF_8), null, T);
        await().untilAsserted(() -> assertThat(destination("G-1")).isNull());
        assertThat(facts.gateway("G-1", T)).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void aPartitionThatIsAddedIsReadFromItsBeginning() throws Exception {
        awaitCompletion(start());
        arrives(GATEWAYS, 0, "G-1", Facts.approval("G-1", "JP", T, T));
        await().untilAsserted(() -> assertThat(destination("G-1")).isEqualTo("JP"));

        exists(GATEWAYS, LATE);
        consumer.updateEndOffsets(Map.of(LATE, 1L));
        await().until(() -> consumer.assignment().contains(LATE));
        arrives(LATE, 0, "G-2", Facts.approval("G-2", "US", T, T));
        await().untilAsserted(() -> assertThat(destination("G-2")).isEqualTo("US"));
        assertThat(consumer.position(GATEWAYS)).isEqualTo(1);
    }

    @Test
    void invalidFactsAreSkipped() throws Exception {
        consumer.updateEndOffsets(Map.of(GATEWAYS, 4L, POLICIES, 1L));
        CompletableFuture<Void> caughtUp = start();
        arrives(GATEWAYS, 0, "G-1".getBytes(UTF_8), new byte[] {1}, T);
        arrives(GATEWAYS, 1, null, null, T);
        arrives(GATEWAYS, 2, "G-1", Facts.approval("G-1", "XX", T, T));
        arrives(POLICIES, 0, "eu-user-data".getBytes(UTF_8), null, T);
        arrives(GATEWAYS, 3, "G-2", Facts.approval("G-2", "US", T, T));
        awaitCompletion(caughtUp);

        assertThat(facts.size()).isEqualTo(1);
        assertThat(destination("G-2")).isEqualTo("US");
        assertThat(failures).isEmpty();
    }

    @Test
    void aFailureBeforeItHasCaughtUpIsTold() {
        consumer.updateEndOffsets(Map.of(GATEWAYS, 1L));
        KafkaException broken = new KafkaException("broken");
        consumer.setPollException(broken);
        CompletableFuture<Void> caughtUp = start();

        assertThatThrownBy(() -> awaitCompletion(caughtUp))
                .isInstanceOf(ExecutionException.class)
                .hasCause(broken);
        await().untilAsserted(() -> assertThat(failures).containsExactly(broken));
    }

    @Test
    void aFailureLaterIsTold() throws Exception {
        CompletableFuture<Void> caughtUp = start();
        awaitCompletion(caughtUp);
        KafkaException broken = new KafkaException("broken");
        consumer.setPollException(broken);

        await().untilAsserted(() -> assertThat(failures).containsExactly(broken));
        assertThat(caughtUp).isCompleted();
    }

    @Test
    void notEvenAnErrorLeavesTheFactsStaleInSilence() throws Exception {
        awaitCompletion(start());
        StackOverflowError error = new StackOverflowError();
        consumer.schedulePollTask(() -> {
            throw error;
        });
        await().untilAsserted(() -> assertThat(failures).containsExactly(error));
    }

    @Test
    void closedBeforeItHasCaughtUpItNeverWill() {
        consumer.updateEndOffsets(Map.of(GATEWAYS, 1L));
        CompletableFuture<Void> caughtUp = start();
        close();
        assertThat(caughtUp).isCancelled();
        assertThat(failures).isEmpty();
    }
}
