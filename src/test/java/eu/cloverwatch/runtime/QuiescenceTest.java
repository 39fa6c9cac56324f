package eu.cloverwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import eu.cloverwatch.topology.StateStores;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether it is all done, against a real broker. */
class QuiescenceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

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

    private static Quiescence quiescence(Deployment deployment, String... workStores) {
        Set<String> stores = new HashSet<>(StateStores.WORK);
        stores.addAll(List.of(workStores));
        return new Quiescence(deployment.configuration("quiescence"), stores);
    }

    private static void awaitQuiet(Quiescence quiescence) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(quiescence::isQuiet);
    }

    @Test
    void as_soon_as_it_is_quiet_every_violation_can_be_read() {
        try (Deployment deployment = cluster.deploy("bursts");
                Quiescence quiescence = quiescence(deployment)) {
            deployment.publish(SampleRecords.policy());
            try (Monitor monitor = deployment.monitor("a")) {
                for (int burst = 1; burst <= 20; burst++) {
                    leak(deployment, "burst-" + burst, 10);
                    awaitQuiet(quiescence);

                    assertThat(deployment.violatingEvents()).hasSize(10 * burst).doesNotHaveDuplicates();
                }
                assertThat(monitor.ended()).isNotDone();
            }
        }
    }

    @Test
    void what_waits_for_a_monitor_is_not_quiet_and_what_is_done_stays_so() throws Exception {
        try (Deployment deployment = cluster.deploy("waits");
                Quiescence quiescence = quiescence(deployment)) {
            assertThat(quiescence.isQuiet()).as("nothing was published").isTrue();
            deployment.publish(SampleRecords.policy());
            assertThat(quiescence.isQuiet()).as("a policy waits").isFalse();
            try (Monitor monitor = deployment.monitor("a")) {
                leak(deployment, "early", 50);
                awaitQuiet(quiescence);
                assertThat(Deployment.judged(monitor)).isEqualTo(50);
                for (int i = 0; i < 20; i++) {
                    assertThat(quiescence.isQuiet()).as("look " + i).isTrue();
                }
            }
            assertThat(quiescence.isQuiet()).as("without a monitor").isTrue();

            deployment.publish(SampleRecords.located("E-1", "US"));
            for (int i = 0; i < 20; i++) {
                assertThat(quiescence.isQuiet()).as("a fact waits, look " + i).isFalse();
            }
            try (Monitor next = deployment.monitor("a")) {
                awaitQuiet(quiescence);
                assertThat(next.ended()).isNotDone();
            }
        }
    }

    @Test
    void it_is_not_quiet_while_the_registry_is_away_and_something_cannot_be_read() throws Exception {
        try (LoopbackProxy registry = new LoopbackProxy(cluster.registryPort());
                Deployment deployment = cluster.deploy("registry-away")
                        .with("schema.registry.url", "http://127.0.0.1:" + registry.port() + "/registry");
                Quiescence quiescence = quiescence(deployment)) {
            NewerProducer hr = new NewerProducer(deployment, Topic.EMPLOYEE_LOCATIONS, cluster.registryUrl());
            deployment.publish(SampleRecords.policy());
            try (Monitor monitor = deployment.monitor("a")) {
                awaitQuiet(quiescence);
                registry.cut();
                hr.publish(SampleRecords.located("E-1", "US"));
                await().atMost(PATIENCE).until(() -> registry.refused() >= 3);
                assertThat(quiescence.isQuiet()).isFalse();
                registry.mend();
                awaitQuiet(quiescence);
                assertThat(monitor.ended()).isNotDone();
            }
        }
    }

    @Test
    void a_transaction_of_a_producer_is_waited_for_though_nothing_comes_of_it() throws Exception {
        try (Deployment deployment = cluster.deploy("producer-transaction");
                Quiescence quiescence = quiescence(deployment);
                KafkaProducer<byte[], byte[]> producer = transactional(deployment)) {
            producer.beginTransaction();
            send(producer, deployment.topic(Topic.ACCESS_EVENTS), "E-1", "never published");
            assertThat(quiescence.isQuiet()).as("under way").isFalse();
            producer.abortTransaction();

            awaitQuiet(quiescence);
        }
    }

    @Test
    void work_that_was_put_aside_is_waited_for_until_the_transaction_that_does_it_is_committed() throws Exception {
        String changelog = "puts-aside-portions-changelog";
        try (Deployment deployment = cluster.deploy("puts-aside");
                Quiescence quiescence = quiescence(deployment, "portions");
                Quiescence heedless = quiescence(deployment);
                Admin admin = cluster.admin();
                KafkaProducer<byte[], byte[]> producer = transactional(deployment)) {
            admin.createTopics(List.of(new NewTopic(changelog, 2, (short) 1)))
                    .all()
                    .get();
            awaitQuiet(quiescence);
            for (String portion : List.of("first", "second")) {
                producer.beginTransaction();
                send(producer, changelog, portion, "to do");
                producer.commitTransaction();
            }
            awaitQuiet(heedless);
            assertThat(quiescence.isQuiet()).as("both to do").isFalse();

            producer.beginTransaction();
            send(producer, changelog, "first", null);
            producer.commitTransaction();
            awaitQuiet(heedless);
            assertThat(quiescence.isQuiet()).as("one to do").isFalse();

            producer.beginTransaction();
            send(producer, changelog, "second", null);
            assertThat(quiescence.isQuiet()).as("done, but not committed").isFalse();
            producer.abortTransaction();
            awaitQuiet(heedless);
            assertThat(quiescence.isQuiet()).as("not done after all").isFalse();

            producer.beginTransaction();
            send(producer, changelog, "second", null);
            producer.commitTransaction();
            awaitQuiet(quiescence);
        }
    }

    private static void leak(Deployment deployment, String name, int count) {
        deployment.publish(IntStream.range(0, count)
                .mapToObj(i -> SampleRecords.leaking(name + "-" + i))
                .toList());
    }

    private static KafkaProducer<byte[], byte[]> transactional(Deployment deployment) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        cluster.bootstrapServers(),
                        "transactional.id",
                        deployment.name() + "-test"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, String key, @Nullable String value)
            throws Exception {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), bytes))
                .get();
    }
}
