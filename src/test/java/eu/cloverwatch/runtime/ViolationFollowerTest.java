package eu.cloverwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import eu.cloverwatch.runtime.ViolationFollower.Start;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who follows the violations sees each committed one once, whatever happens to brokers and topics. */
@Timeout(180)
class ViolationFollowerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path dir;

    private static LoopbackCluster cluster;

    private final List<String> seen = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    @BeforeAll
    static void startCluster() throws IOException {
        cluster = LoopbackCluster.start(dir);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @Test
    void fromTheEndOnOnlyWhatComesLaterIsSeenAndFromTheBeginningAll() {
        try (Deployment deployment = cluster.deploy("ends");
                ViolationWriter writer = new ViolationWriter(deployment)) {
            writer.publish(violations(0, 3));
            try (ViolationFollower follower = follow(deployment, new Start.End())) {
                writer.publish(violations(3, 5));
                pollUntil(follower, () -> seen.size() >= 2);
                assertThat(seen).containsExactlyInAnyOrder("ev-3", "ev-4");
            }
            seen.clear();
            try (ViolationFollower follower = follow(deployment, new Start.Beginning())) {
                pollUntil(follower, () -> seen.size() >= 5);
                assertThat(seen).containsExactlyInAnyOrder("ev-0", "ev-1", "ev-2", "ev-3", "ev-4");
            }
        }
    }

    @Test
    void sinceATimeIsSeenWhatWasPublishedThenOrLater() {
        try (Deployment deployment = cluster.deploy("since");
                ViolationWriter writer = new ViolationWriter(deployment)) {
            writer.publish(violations(0, 3));
            Instant last = deployment.records(Topic.VIOLATIONS).stream()
                    .map(record -> Instant.ofEpochMilli(record.timestamp()))
                    .max(Instant::compareTo)
                    .orElseThrow();
            await().until(() -> Instant.now().isAfter(last.plusMillis(1)));
            Instant since = Instant.now();
            writer.publish(violations(3, 5));
            try (ViolationFollower follower = follow(deployment, new Start.Since(since))) {
                pollUntil(follower, () -> seen.size() >= 2);
                assertThat(seen).containsExactlyInAnyOrder("ev-3", "ev-4");
            }
            seen.clear();
            try (ViolationFollower follower =
                    follow(deployment, new Start.Since(Instant.now().plusSeconds(3_600)))) {
                writer.publish(violations(5, 6));
                pollUntil(follower, () -> !seen.isEmpty());
                assertThat(seen).containsExactly("ev-5");
            }
        }
    }

    @Test
    void whatWasNotCommittedIsNotSeenAndWhatCannotBeReadIsNamedAndPassedOver() throws Exception {
        try (Deployment deployment = cluster.deploy("committed");
                ViolationWriter writer = new ViolationWriter(deployment);
                ViolationFollower follower = follow(deployment, new Start.Beginning())) {
            writer.abort(SampleViolation.of("aborted"));
            writer.publish("not Avro".getBytes(StandardCharsets.UTF_8));
            writer.publishTo(0, SampleViolation.of("ev-1"));
            pollUntil(follower, () -> !seen.isEmpty());
            assertThat(seen).containsExactly("ev-1");
            assertThat(notices).singleElement().asString().startsWith("committed.violations.v1-0@2: not a violation");
        }
    }

    @Test
    void aBrokerThatIsRestartedLosesAndRepeatsNothing() {
        try (Deployment deployment = cluster.deploy("restarted");
                ViolationWriter writer = new ViolationWriter(deployment);
                ViolationFollower follower = follow(deployment, new Start.End())) {
            writer.publish(violations(0, 100));
            pollUntil(follower, () -> seen.size() >= 50);
            cluster.stopBroker();
            pollUntil(follower, () -> !notices.isEmpty());
            assertThat(notices).singleElement().asString().contains("does not answer");
            cluster.startBrokerAgain();
            writer.publish(violations(100, 200));
            pollUntil(follower, () -> seen.size() >= 200 && notices.size() >= 2);
            assertThat(notices.get(1)).contains("answers again");
            writer.publish(violations(200, 201));
            pollUntil(follower, () -> seen.contains("ev-200"));
            assertThat(seen)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 201).mapToObj(i -> "ev-" + i).toList());
        }
    }

    @Test
    void aPartitionThatIsAddedLaterIsFollowedFromItsBeginning() throws Exception {
        try (Deployment deployment = cluster.deploy("grown");
                Admin admin = cluster.admin();
                ViolationWriter writer = new ViolationWriter(deployment);
                ViolationFollower follower = follow(deployment, new Start.End())) {
            String topic = deployment.topic(Topic.VIOLATIONS);
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(Deployment.PARTITIONS + 1)))
                    .all()
                    .get();
            writer.publishTo(Deployment.PARTITIONS, SampleViolation.of("ev-new"));
            writer.publishTo(0, SampleViolation.of("ev-old"));
            pollUntil(follower, () -> seen.size() >= 2);
            assertThat(seen).containsExactlyInAnyOrder("ev-new", "ev-old");
        }
    }

    @Test
    void recordsThatWereDeletedBeforeTheyWereSeenAreMissedAloud() throws Exception {
        try (Deployment deployment = cluster.deploy("deleted");
                Admin admin = cluster.admin();
                ViolationWriter writer = new ViolationWriter(deployment);
                ViolationFollower follower = follow(deployment, new Start.Beginning())) {
            writer.publishTo(0, SampleViolation.of("ev-deleted"));
            admin.deleteRecords(Map.of(
                            new TopicPartition(deployment.topic(Topic.VIOLATIONS), 0), RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();
            writer.publishTo(0, SampleViolation.of("ev-kept"));
            pollUntil(follower, () -> !seen.isEmpty());
            assertThat(seen).containsExactly("ev-kept");
            assertThat(notices).singleElement().asString().contains("deleted.violations.v1-0@0", "no longer there");
        }
    }

    @Test
    void itNeedsNoGroup() throws Exception {
        try (Deployment deployment = cluster.deploy("alone");
                Admin admin = cluster.admin();
                ViolationWriter writer = new ViolationWriter(deployment);
                ViolationFollower follower = follow(deployment, new Start.End())) {
            writer.publish(violations(0, 1));
            pollUntil(follower, () -> !seen.isEmpty());
            assertThat(admin.listGroups().all().get()).isEmpty();
        }
    }

    @Test
    void aTopicThatIsNotThereIsAnErrorOfTheEnvironment() {
        try (Deployment deployment = cluster.deploy("misnamed")) {
            deployment.with("cloverwatch.topic.violations", "nowhere");
            assertThatThrownBy(() -> follow(deployment, new Start.End()))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("nowhere");
        }
    }

    private ViolationFollower follow(Deployment deployment, Start start) {
        return new ViolationFollower(deployment.configuration("tail"), deployment.serde(), start, notices::add);
    }

    private void pollUntil(ViolationFollower follower, BooleanSupplier done) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .pollInSameThread()
                .until(() -> {
                    follower.poll(violation -> seen.add(violation.getEventId()));
                    return done.getAsBoolean();
                });
    }

    private static Violation[] violations(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> SampleViolation.of("ev-" + i))
                .toArray(Violation[]::new);
    }
}
