package eu.cloverwatch.runtime;

import static eu.cloverwatch.runtime.Deployment.judged;
import static eu.cloverwatch.runtime.Deployment.outcomes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broker and registry go away under a running monitor, and come back: nothing is lost, nothing is found twice. */
class MonitorOutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path dir;

    private static LoopbackCluster cluster;

    private LoopbackProxy registry;

    @BeforeAll
    static void startCluster() throws IOException {
        cluster = LoopbackCluster.start(dir);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void reachTheRegistryThroughAProxy() throws IOException {
        registry = new LoopbackProxy(cluster.registryPort());
    }

    @AfterEach
    void closeProxy() throws IOException {
        registry.close();
    }

    /** Only the monitors go through the proxy. */
    private Deployment deploy(String name) {
        return cluster.deploy(name).with("schema.registry.url", "http://127.0.0.1:" + registry.port() + "/registry");
    }

    @Test
    void a_registry_that_is_away_for_longer_than_a_transaction_may_last_costs_no_event() throws Exception {
        try (Deployment deployment = deploy("transaction-aborted");
                Admin admin = cluster.admin()) {
            // Commits are rare, so that there is a transaction under way when the registry is asked.
            deployment.with("streams.commit.interval.ms", "4000");
            deployment.with("streams.producer.transaction.timeout.ms", "4000");
            deployment.publish(SampleRecords.policy(), SampleRecords.leaking("first"));
            NewerProducer producer = new NewerProducer(deployment, Topic.ACCESS_EVENTS, cluster.registryUrl());
            try (Monitor monitor = deployment.monitor("a")) {
                await().atMost(PATIENCE).until(() -> judged(monitor) == 1);
                registry.cut();
                deployment.publish(IntStream.range(0, 20)
                        .mapToObj(i -> SampleRecords.leaking("before-" + i))
                        .toList());
                IntStream.range(0, 10).forEach(i -> producer.publish(SampleRecords.leaking("during-" + i)));
                await().atMost(PATIENCE).until(() -> registry.refused() > 0 && ongoingTransactions(admin, deployment));
                assertThat(judged(monitor)).isLessThan(31);
                await().atMost(PATIENCE).until(() -> !ongoingTransactions(admin, deployment));
                registry.mend();

                await().atMost(PATIENCE).until(() -> judged(monitor) == 31);
                assertThat(monitor.ended()).isNotDone();
                assertThat(outcomes(monitor)).containsOnly(entry(Outcome.VIOLATION, 31L));
            }
            assertThat(deployment.violatingEvents()).hasSize(31).doesNotHaveDuplicates();
            assertThat(deployment.rejects()).isEmpty();
        }
    }

    private static boolean ongoingTransactions(Admin admin, Deployment deployment)
            throws ExecutionException, InterruptedException {
        var all = admin.listTransactions(new ListTransactionsOptions()
                        .filterStates(Set.of(TransactionState.ONGOING, TransactionState.PREPARE_ABORT)))
                .all()
                .get();
        return all.stream().anyMatch(t -> t.transactionalId().startsWith(deployment.name()));
    }

    @Test
    void it_ends_though_the_registry_is_away_and_the_next_one_judges_what_waited() throws Exception {
        try (Deployment deployment = deploy("ends-anyway")) {
            deployment.publish(SampleRecords.policy());
            NewerProducer hr = new NewerProducer(deployment, Topic.EMPLOYEE_LOCATIONS, cluster.registryUrl());
            NewerProducer services = new NewerProducer(deployment, Topic.ACCESS_EVENTS, cluster.registryUrl());
            Monitor monitor = deployment.monitor("a");
            try (monitor) {
                await().atMost(PATIENCE).until(() -> monitor.health() == Health.UP);
                registry.cut();
                hr.publish(SampleRecords.located("E-1", "US"));
                services.publish(SampleRecords.readBy("E-1", "read"));
                await().atMost(PATIENCE).until(() -> registry.refused() >= 3);
                assertThat(monitor.health()).as("events are waiting").isEqualTo(Health.STARTING);

                CompletableFuture.runAsync(monitor::close).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(monitor.ended()).isCompleted();
            }
            registry.mend();
            try (Monitor next = deployment.monitor("a")) {
                await().atMost(PATIENCE).until(() -> judged(next) == 1);
                assertThat(outcomes(next)).containsOnly(entry(Outcome.VIOLATION, 1L));
            }
            assertThat(deployment.rejects()).isEmpty();
        }
    }

    @Test
    void a_broker_that_goes_in_the_middle_and_comes_back_costs_no_event() {
        try (Deployment deployment = deploy("broker-away")) {
            deployment.publish(SampleRecords.policy(), SampleRecords.leaking("before"));
            try (Monitor monitor = deployment.monitor("a")) {
                await().atMost(PATIENCE).until(() -> judged(monitor) == 1);
                deployment.publish(IntStream.range(0, 500)
                        .mapToObj(i -> SampleRecords.leaking("interrupted-" + i))
                        .toList());
                cluster.stopBroker();
                cluster.startBrokerAgain();
                deployment.publish(SampleRecords.leaking("after"));

                await().atMost(PATIENCE).until(() -> judged(monitor) == 502);
                assertThat(monitor.ended()).isNotDone();
            }
            assertThat(deployment.violatingEvents()).hasSize(502).doesNotHaveDuplicates();
        }
    }
}
