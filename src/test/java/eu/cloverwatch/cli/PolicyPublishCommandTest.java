package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Sha256;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.LoopbackCluster;
import eu.cloverwatch.v1.PolicyRevision;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code policy publish} against a real broker. */
@Timeout(90)
class PolicyPublishCommandTest {

    private static final Instant SOON =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(1));

    @TempDir
    static Path dir;

    private static LoopbackCluster cluster;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeAll
    static void startCluster() throws IOException {
        cluster = LoopbackCluster.start(dir);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    private static String from(Instant effectiveFrom) {
        return PolicyCommandTest.POLICY.replace("2024-01-01T00:00:00Z", effectiveFrom.toString());
    }

    private static String file(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text).toString();
    }

    private static String config(Map<String, String> settings) throws IOException {
        return Files.write(
                        dir.resolve("publish.properties"),
                        settings.entrySet().stream()
                                .map(setting -> setting.getKey() + "=" + setting.getValue())
                                .toList())
                .toString();
    }

    private int publish(Deployment deployment, String policy, String... options) throws IOException {
        return publish(deployment.settings("publish"), policy, options);
    }

    private int publish(Map<String, String> settings, String policy, String... options) throws IOException {
        List<String> args = new ArrayList<>(List.of("policy", "publish", policy, "--config", config(settings)));
        args.addAll(List.of(options));
        out = new StringWriter();
        err = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args.toArray(String[]::new));
    }

    private static PolicyRevision revision(Deployment deployment, ConsumerRecord<byte[], byte[]> record) {
        return (PolicyRevision) deployment
                .serde()
                .deserialize(
                        record.topic(), record.value(), Topic.POLICIES.schema().orElseThrow());
    }

    @Test
    void aRevisionIsPublishedOnceAndTheNextIsComparedWithIt() throws IOException {
        try (Deployment deployment = cluster.deploy("publish")) {
            String first = file("first.yaml", from(SOON));
            assertThat(publish(deployment, first, "--author", "policy owner"))
                    .as(err.toString())
                    .isZero();
            List<ConsumerRecord<byte[], byte[]>> records = deployment.records(Topic.POLICIES);
            assertThat(records).hasSize(1);
            ConsumerRecord<byte[], byte[]> record = records.get(0);
            PolicyRevision revision = revision(deployment, record);
            assertThat(out.toString())
                    .contains("sha256 " + Sha256.hex(from(SOON)))
                    .contains("published " + record.topic() + "-" + record.partition() + "@" + record.offset()
                            + ", in force from " + SOON);
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("test");
            assertThat(record.timestamp()).isEqualTo(revision.getRecordedAt().toEpochMilli());
            assertThat(revision.getRecordedAt()).isBefore(SOON).isAfter(SOON.minus(Duration.ofHours(2)));
            assertThat(revision.getEffectiveFrom()).isEqualTo(SOON);
            assertThat(revision.getAuthor()).isEqualTo("policy owner");
            assertThat(revision.getDocument()).isEqualTo(from(SOON));
            assertThat(err.toString()).contains("nothing to compare it with");

            assertThat(publish(deployment, first)).isZero();
            assertThat(err.toString()).contains("nothing to publish");
            assertThat(out.toString()).isEmpty();

            Instant later = SOON.plusSeconds(60);
            String second = file("second.yaml", from(later).replace("region: [DE]", "region: [DE, KR]"));
            assertThat(publish(deployment, second, "--dry-run")).isZero();
            assertThat(err.toString())
                    .contains("compared with test in force from " + SOON)
                    .contains("VIOLATION -> IN_REGION")
                    .contains("not published: dry run");
            assertThat(deployment.records(Topic.POLICIES)).hasSize(1);
            assertThat(publish(deployment, second)).isZero();
            assertThat(deployment.records(Topic.POLICIES)).hasSize(2);

            Instant before = SOON.minusSeconds(60);
            assertThat(publish(deployment, file("before.yaml", from(before)), "--dry-run"))
                    .isZero();
            assertThat(err.toString()).contains("it will be followed by test in force from " + SOON);
        }
    }

    @Test
    void aPolicyThatWouldTakeEffectAtOnceIsRefusedUnlessForced() throws IOException {
        try (Deployment deployment = cluster.deploy("publish-now")) {
            String old = file("old.yaml", PolicyCommandTest.POLICY);

            assertThat(publish(deployment, old)).isEqualTo(2);
            assertThat(err.toString())
                    .contains("expected an effective_from at least a minute ahead, found 2024-01-01T00:00:00Z");
            assertThat(deployment.records(Topic.POLICIES)).isEmpty();

            assertThat(publish(deployment, old, "--force")).isZero();
            assertThat(deployment.records(Topic.POLICIES)).hasSize(1);
            assertThat(publish(deployment, old)).isZero();
            assertThat(err.toString()).contains("nothing to publish");
        }
    }

    @Test
    void theTimeOfTheDocumentCanBeReplaced() throws IOException {
        try (Deployment deployment = cluster.deploy("publish-time")) {
            String old = file("old.yaml", PolicyCommandTest.POLICY);

            assertThat(publish(deployment, old, "--effective-from", SOON.toString()))
                    .isZero();
            PolicyRevision revision =
                    revision(deployment, deployment.records(Topic.POLICIES).get(0));
            assertThat(revision.getEffectiveFrom()).isEqualTo(SOON);
            assertThat(revision.getDocument()).isEqualTo(from(SOON));

            assertThat(publish(deployment, old, "--effective-from", "tomorrow")).isEqualTo(2);
            assertThat(err.toString()).contains("--effective-from: expected a time");
        }
    }

    @Test
    void aPolicyThatBreaksItsOwnClaimIsNotPublished() throws IOException {
        try (Deployment deployment = cluster.deploy("publish-broken")) {
            String broken = file(
                    "broken.yaml",
                    from(SOON).replace("[CN], categories: restricted}\nnever", "[RU], categories: restricted}\nnever"));

            assertThat(publish(deployment, broken, "--force")).isEqualTo(2);
            assertThat(err.toString()).contains(broken + ":11: expected that this never ends as compliant");
            assertThat(publish(deployment, file("recorded.yaml", "recorded_at: 2024-01-01T00:00:00Z\n" + from(SOON))))
                    .isEqualTo(2);
            assertThat(err.toString()).contains("expected no recorded_at");
            assertThat(deployment.records(Topic.POLICIES)).isEmpty();
        }
    }

    @Test
    void aTopicThatIsMissingIsTheEnvironmentsFault() throws IOException {
        try (Deployment deployment = cluster.deploy("publish-nowhere")) {
            Map<String, String> settings = new HashMap<>(deployment.settings("publish"));
            settings.put("cloverwatch.topic.policies", "no-policies");

            assertThat(publish(settings, file("first.yaml", from(SOON)))).isEqualTo(3);
            assertThat(err.toString()).contains("missing at").contains("no-policies");
        }
    }

    @Test
    void aRegistryThatIsNotThereIsTheEnvironmentsFault() throws IOException {
        try (Deployment deployment = cluster.deploy("publish-registry")) {
            Map<String, String> settings = new HashMap<>(deployment.settings("publish"));
            settings.put("schema.registry.url", "http://127.0.0.1:1");
            settings.put("schema.registry.retry.timeout.ms", "200");

            assertThat(publish(settings, file("first.yaml", from(SOON)))).isEqualTo(3);
            assertThat(err.toString()).contains("127.0.0.1:1");
            assertThat(deployment.records(Topic.POLICIES)).isEmpty();
        }
    }
}
