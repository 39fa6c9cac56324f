package eu.cloverwatch.runtime;

import static eu.cloverwatch.runtime.Deployment.judged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State and offsets belong together: a monitor that finds one without the other does not begin. */
class StartingPointTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int EVENTS = 40;

    @TempDir
    static Path dir;

    private static LoopbackCluster cluster;

    @BeforeAll
    static void startCluster() throws IOException {
        cluster = LoopbackCluster.start(dir);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    /** So many that there are some in every partition. */
    private static void judge(Deployment deployment) {
        deployment.publish(SampleRecords.policy());
        deployment.publish(IntStream.range(0, EVENTS)
                .mapToObj(i -> SampleRecords.leaking("event-" + i))
                .toList());
        try (Monitor monitor = deployment.monitor("a")) {
            await().atMost(PATIENCE).until(() -> judged(monitor) == EVENTS);
        }
        assertThat(deployment.violatingEvents()).hasSize(EVENTS);
    }

    private static void whenTheGroupIsEmpty(ThrowingAction action) {
        try (Admin admin = cluster.admin()) {
            // A member that has left is a member still until the group has been rebalanced.
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                action.on(admin);
                return true;
            });
        }
    }

    private interface ThrowingAction {
        void on(Admin admin) throws Exception;
    }

    @Test
    void state_without_offsets_is_refused_and_nothing_is_published_again() {
        try (Deployment deployment = cluster.deploy("offsets-expired")) {
            judge(deployment);
            whenTheGroupIsEmpty(admin ->
                    admin.deleteConsumerGroups(List.of("offsets-expired")).all().get());

            // With the state on this disk, and without.
            for (String instance : List.of("a", "b")) {
                assertThatThrownBy(() -> deployment.monitor(instance))
                        .isInstanceOf(EnvironmentException.class)
                        .hasMessageContaining("offsets of group offsets-expired are gone")
                        .hasMessageContaining("offsets-expired.access-events.v1 [0, 1, 2, 3]")
                        .hasMessageContaining("offsets.retention.minutes")
                        .hasMessageContaining("docs/operations.md");
            }
            assertThat(deployment.violatingEvents()).hasSize(EVENTS);
        }
    }

    @Test
    void a_single_partition_without_its_offset_is_named() {
        try (Deployment deployment = cluster.deploy("offset-deleted")) {
            judge(deployment);
            TopicPartition lost = new TopicPartition("offset-deleted.access-events.v1", 2);
            whenTheGroupIsEmpty(admin -> admin.deleteConsumerGroupOffsets("offset-deleted", Set.of(lost))
                    .all()
                    .get());

            assertThatThrownBy(() -> deployment.monitor("a"))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("offset-deleted.access-events.v1 [2]");
        }
    }

    @Test
    void a_first_start_that_ended_before_it_committed_is_a_first_start() throws Exception {
        try (Deployment deployment = cluster.deploy("never-committed")) {
            abortedTransaction("never-committed-ledger-changelog");
            judge(deployment);
        }
    }

    private static void abortedTransaction(String topic) throws Exception {
        try (Admin admin = cluster.admin()) {
            NewTopic changelog = new NewTopic(topic, Deployment.PARTITIONS, (short) 1);
            admin.createTopics(List.of(changelog.configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }
        Map<String, Object> config =
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "transactional.id", topic + "-killed");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int partition = 0; partition < Deployment.PARTITIONS; partition++) {
                producer.send(new ProducerRecord<>(topic, partition, new byte[] {1}, new byte[] {1}))
                        .get();
            }
            producer.abortTransaction();
        }
    }
}
