package eu.cloverwatch.runtime;

import static eu.cloverwatch.runtime.Deployment.judged;
import static eu.cloverwatch.runtime.Deployment.outcomes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.HashChain;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.ThreadMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a monitor, against a real broker. */
class MonitorTest {

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

    @Test
    void facts_are_known_before_the_first_event_is_judged_though_they_were_published_after_it() {
        try (Deployment deployment = cluster.deploy("facts-first")) {
            deployment.publish(numbered(300, i -> SampleRecords.readBy("E-" + i, "read-" + i)));
            deployment.publish(numbered(300, i -> SampleRecords.located("E-" + i, "US")));
            deployment.publish(SampleRecords.policy());

            try (Monitor monitor = deployment.monitor("a")) {
                await().atMost(PATIENCE).until(() -> judged(monitor) == 300);

                assertThat(outcomes(monitor)).containsExactly(entry(Outcome.VIOLATION, 300L));
            }
        }
    }

    @Test
    void after_a_restart_it_goes_on_where_it_was() {
        goesOnAfterARestart("restarted", "a", "a");
    }

    @Test
    void a_lost_state_directory_is_restored_from_the_cluster() {
        goesOnAfterARestart("moved", "a", "b");
    }

    private static void goesOnAfterARestart(String name, String firstInstance, String secondInstance) {
        try (Deployment deployment = cluster.deploy(name)) {
            deployment.publish(SampleRecords.policy());
            deployment.publish(numbered(20, i -> SampleRecords.leaking("early-" + i)));
            try (Monitor first = deployment.monitor(firstInstance)) {
                await().atMost(PATIENCE).until(() -> judged(first) == 20);
            }
            assertThat(deployment.violatingEvents()).hasSize(20).doesNotHaveDuplicates();

            deployment.publish(numbered(20, i -> SampleRecords.leaking("early-" + i)));
            deployment.publish(numbered(20, i -> SampleRecords.leaking("late-" + i)));
            try (Monitor second = deployment.monitor(secondInstance)) {
                await().atMost(PATIENCE).until(() -> judged(second) == 60);

                assertThat(outcomes(second)).containsOnly(entry(Outcome.VIOLATION, 40L), entry(Outcome.DUPLICATE, 20L));
            }
            assertThat(deployment.violatingEvents()).hasSize(40).doesNotHaveDuplicates();
            assertUnbrokenChains(deployment.violations());
        }
    }

    @Test
    void two_monitors_share_the_work_and_one_takes_over_when_the_other_ends() {
        try (Deployment deployment = cluster.deploy("shared")) {
            deployment.publish(SampleRecords.policy());
            try (Monitor stays = deployment.monitor("a");
                    Monitor goes = deployment.monitor("b")) {
                await().atMost(PATIENCE)
                        .until(() -> stays.outcomes().isPresent()
                                && goes.outcomes().isPresent()
                                && stays.health() == Health.UP
                                && goes.health() == Health.UP);
                deployment.publish(numbered(100, i -> SampleRecords.leaking("together-" + i)));
                await().atMost(PATIENCE).until(() -> judged(stays, goes) == 100);
                assertThat(judged(stays)).isBetween(1L, 99L);

                goes.close();
                deployment.publish(numbered(100, i -> SampleRecords.leaking("alone-" + i)));
                await().atMost(PATIENCE).until(() -> judged(stays) == 200);
            }
            assertThat(deployment.violatingEvents()).hasSize(200).doesNotHaveDuplicates();
            assertUnbrokenChains(deployment.violations());
        }
    }

    @Test
    void health_and_metrics_tell_its_life_and_its_end_leaves_nothing_behind() {
        try (Deployment deployment = cluster.deploy("ends-cleanly")) {
            deployment.publish(SampleRecords.policy(), SampleRecords.leaking("x"), SampleRecords.staying("y"));
            Monitor monitor = deployment.monitor("a");
            try (MonitorMetrics metrics = new MonitorMetrics(monitor)) {
                await().atMost(PATIENCE).until(() -> monitor.health() == Health.UP && judged(monitor) == 2);
                assertThat(metrics.scrape())
                        .contains("cloverwatch_outcomes{outcome=\"VIOLATION\"} 1.0")
                        .contains("cloverwatch_outcomes{outcome=\"IN_REGION\"} 1.0")
                        .contains("cloverwatch_outcomes{outcome=\"REJECTED\"} 0.0")
                        .contains("cloverwatch_up 1.0")
                        .contains("cloverwatch_facts 1.0")
                        .contains("kafka_stream_thread_")
                        .contains("kafka_consumer_")
                        .doesNotContain(SampleRecords.subjectOf("x"));
                try (MonitorMetrics withStores = new MonitorMetrics(monitor)) {
                    assertThat(withStores.scrape())
                            .containsPattern("kafka_stream_state_block_cache_capacity\\{.*\\} 2\\.68435456E8")
                            .contains("kafka_stream_state_block_cache_usage{")
                            .contains("kafka_stream_state_size_all_mem_tables{");
                }
                assertThat(monitor.ended()).isNotDone();
                monitor.close();

                assertThat(monitor.health()).isEqualTo(Health.DOWN);
                assertThat(monitor.ended()).isCompleted();
                assertThat(monitor.outcomes()).isEmpty();
                assertThat(metrics.scrape()).contains("cloverwatch_up 0.0");
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(threadsOf(deployment)).isEmpty());
        }
    }

    /** Here each topic has as many partitions; gateways and policies usually have one, hence 4n + 2 in the documentation. */
    @Test
    void its_work_is_a_piece_for_each_partition_of_what_it_reads_and_two_for_each_of_locations() {
        try (Deployment deployment = cluster.deploy("pieces");
                Monitor monitor = deployment.monitor("a")) {
            await().atMost(PATIENCE).until(() -> monitor.health() == Health.UP);

            assertThat(monitor.streams().metadataForLocalThreads())
                    .flatExtracting(ThreadMetadata::activeTasks)
                    .hasSize((1 + 1 + 2) * Deployment.PARTITIONS + 2 * Deployment.PARTITIONS);
        }
    }

    /** Not those of the deployment's own producer, and none of the broker's. */
    private static List<String> threadsOf(Deployment deployment) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains(deployment.name())
                        || name.contains("fact-broadcast")
                        || name.contains("micrometer"))
                .filter(name -> !name.endsWith(deployment.name() + "-load"))
                .toList();
    }

    private static List<Arrival> numbered(int count, java.util.function.IntFunction<Arrival> arrival) {
        return IntStream.range(0, count).mapToObj(arrival).toList();
    }

    /** Each chain counts from 0 without a gap, and each record is linked to the one before it. */
    private static void assertUnbrokenChains(List<Violation> violations) {
        Map<String, List<Violation>> chains = violations.stream()
                .collect(Collectors.groupingBy(v -> v.getChain().getId(), TreeMap::new, Collectors.toList()));
        chains.forEach((id, unordered) -> {
            List<Violation> chain = new ArrayList<>(unordered);
            chain.sort(Comparator.comparing(v -> v.getChain().getSequence()));
            byte[] previous = new byte[0];
            for (int i = 0; i < chain.size(); i++) {
                ByteBuffer published = chain.get(i).getChain().getHash();
                previous = HashChain.link(Violation.newBuilder(chain.get(i)).build(), id, i, previous);
                assertThat(published).as("%s at %s", id, i).isEqualTo(ByteBuffer.wrap(previous));
            }
        });
    }
}
