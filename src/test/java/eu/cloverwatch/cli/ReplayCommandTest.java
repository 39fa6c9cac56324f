package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import eu.cloverwatch.cli.Program.Ended;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.LoopbackCluster;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On the case of a location that HR reports three days late: 2 and 3 were read in Shenzhen, 1 before and 4 after it was known. */
@Timeout(180)
class ReplayCommandTest {

    private static final Path CASE = Path.of("src/test/resources/cases/late-location-found");
    private static final String EVENT = "00000000-0000-4000-8000-00000000000";

    @TempDir
    static Path dir;

    private static LoopbackCluster cluster;
    private static Deployment deployment;

    @TempDir
    private Path reports;

    private Path out;

    @BeforeAll
    static void publishACase() throws IOException {
        assumeTrue(Files.isDirectory(CASE), "the cases are not here");
        cluster = LoopbackCluster.start(dir);
        deployment = cluster.deploy("replayed");
        Program.publish(CASE, deployment);
    }

    @AfterAll
    static void stopCluster() {
        if (cluster != null) {
            deployment.close();
            cluster.close();
        }
    }

    @BeforeEach
    void newDirectory() {
        out = reports.resolve("report");
    }

    @Test
    void aReportIsWrittenAndItsViolationsAreThoseOfCheck() throws IOException {
        Ended ended = replay("2024-06-01T00:00:00Z", "2024-07-01T00:00:00Z");

        assertThat(ended.err()).contains("4 events: 3 violations, 0 undecidable");
        assertThat(ended.code()).isZero();
        assertThat(names(out))
                .containsExactlyInAnyOrder(
                        "report.html",
                        "report.pdf",
                        "summary.json",
                        "violations.ndjson",
                        "violations.csv",
                        "changes.ndjson");
        assertThat(violations()).hasSize(3);
        assertThat(violations().get(0))
                .contains("\"event_id\":\"" + EVENT + "2\"", "DENIED_DESTINATION", "EGRESS_WITHOUT_GATEWAY");
    }

    @Test
    void twoReplaysGiveTheSameBytesWhateverTheNumberOfWorkers() throws IOException {
        replay("2024-06-01T00:00:00Z", "2024-07-01T00:00:00Z", "--workers", "1");
        Path first = out;
        out = reports.resolve("again");
        replay("2024-06-01T00:00:00Z", "2024-07-01T00:00:00Z", "--workers", "4");

        for (String name : List.of("violations.ndjson", "summary.json", "violations.csv")) {
            assertThat(out.resolve(name)).hasSameBinaryContentAs(first.resolve(name));
        }
    }

    @Test
    void theRangeIncludesItsStartAndExcludesItsEnd() throws IOException {
        Ended ended = replay("2024-06-04T10:00:00Z", "2024-06-04T10:05:00Z");

        assertThat(ended.err()).contains("1 events: 1 violations");
        assertThat(violations()).singleElement().asString().contains(EVENT + "2");
    }

    @Test
    void whatWasKnownOnADayIsJudgedByThatAndWhatLaterFactsChangedIsListed() throws IOException {
        Ended ended = replay("2024-06-01T00:00:00Z", "2024-07-01T00:00:00Z", "--known-at", "2024-06-05T00:00:00Z");

        assertThat(ended.err()).contains("0 violations");
        List<String> changes = Files.readAllLines(out.resolve("changes.ndjson"));
        assertThat(changes).hasSize(3);
        assertThat(changes.get(0))
                .contains(
                        "LATER_FACTS",
                        EVENT + "2",
                        "IN_REGION",
                        "VIOLATION",
                        "employee-locations/E-17 effective 2024-06-03T00:00:00Z, recorded 2024-06-06T09:00:00Z");
    }

    @Test
    void anotherPolicyJudgesTheSameHistoryAndWhatItJudgesDifferentlyIsListed() throws IOException {
        Path policy = reports.resolve("policy.yaml");
        Files.writeString(
                policy,
                Files.readString(CASE.resolve("policy.yaml"))
                        .replaceAll("(?m)^denied:\\n(  .*\\n)+", "")
                        .replaceFirst("effective_from: .*", "effective_from: 2030-01-01T00:00:00Z"));

        Ended ended = replay("2024-06-01T00:00:00Z", "2024-07-01T00:00:00Z", "--policy", policy.toString());

        assertThat(ended.err()).contains("3 violations");
        assertThat(Files.readString(out.resolve("violations.ndjson"))).doesNotContain("DENIED_DESTINATION");
        List<String> changes = Files.readAllLines(out.resolve("changes.ndjson"));
        assertThat(changes).hasSize(2);
        assertThat(changes.get(0)).contains("OTHER_POLICY", EVENT + "2", "no longer found: DENIED_DESTINATION");
    }

    @Test
    void oneActorOrOneRuleIsToldAlone() throws IOException {
        Ended other = replay("2024-06-01T00:00:00Z", "2024-07-01T00:00:00Z", "--actor", "E-18");
        assertThat(other.err()).contains("no event occurred in the range by E-18", "0 events");

        out = reports.resolve("rule");
        replay("2024-06-01T00:00:00Z", "2024-07-01T00:00:00Z", "--actor", "E-17", "--rule", "DENIED_DESTINATION");
        assertThat(violations()).hasSize(2);
    }

    @Test
    void ofAnEmptyRangeItIsSaidThatNothingOccurred() throws IOException {
        Ended ended = replay("2019-01-01T00:00:00Z", "2019-02-01T00:00:00Z");

        assertThat(ended.code()).isZero();
        assertThat(ended.err()).contains("no event occurred in the range", "0 events");
    }

    @Test
    void theReportHasTheWholeCommand() throws IOException {
        replay("2019-01-01T00:00:00Z", "2019-02-01T00:00:00Z", "--actor", "replay");

        assertThat(Files.readString(out.resolve("report.html")))
                .contains("cloverwatch replay --config", "--actor replay");
    }

    @Test
    void settingsThatKafkaRefusesAreTheUsersToCorrect() throws IOException {
        Map<String, String> settings = new HashMap<>(deployment.settings("replay"));
        settings.put("kafka.security.protocol", "FOO");

        Ended ended = replay(settings, "2024-06-01T00:00:00Z", "2024-07-01T00:00:00Z");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("security.protocol", "FOO");
        assertThat(out).doesNotExist();
    }

    @Test
    void aRangeThatEndsInTheFutureIsSaidToBeOpen() throws IOException {
        Ended ended = replay("2024-06-01T00:00:00Z", "2999-01-01T00:00:00Z");

        assertThat(ended.code()).isZero();
        assertThat(ended.err()).contains("ends in the future");
    }

    @Test
    void aRangeThatIsNoneOrATimeWithoutZoneIsTheUsersToCorrect() throws IOException {
        Ended backwards = replay("2024-07-01T00:00:00Z", "2024-06-01T00:00:00Z");
        assertThat(backwards.code()).isEqualTo(2);
        assertThat(backwards.err()).contains("--to", "after --from");

        Ended local = replay("2024-07-01T00:00:00", "2024-07-02T00:00:00Z");
        assertThat(local.code()).isEqualTo(2);
        assertThat(local.err()).contains("--from", "2024-07-01T00:00:00'");
        assertThat(out).doesNotExist();
    }

    @Test
    void anEarlierReportIsNotOverwritten() throws IOException {
        replay("2024-06-01T00:00:00Z", "2024-07-01T00:00:00Z");
        Ended again = replay("2024-06-01T00:00:00Z", "2024-07-01T00:00:00Z");

        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("--out", "not overwritten");
    }

    @Test
    void aMissingTopicIsNamed() throws IOException {
        Map<String, String> settings = new HashMap<>(deployment.settings("replay"));
        settings.put("cloverwatch.topic.consents", "nowhere");

        Ended ended = replay(settings, "2024-06-01T00:00:00Z", "2024-07-01T00:00:00Z");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).contains("nowhere", "no such topic");
        assertThat(out).doesNotExist();
    }

    @Test
    void whatRetentionHasTakenIsSaidAndNeverThatNothingWasFound() throws Exception {
        try (Deployment old = cluster.deploy("retained");
                Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            Program.publish(CASE, old);
            TopicPartition partition = old.records(Topic.ACCESS_EVENTS).stream()
                    .map(record -> new TopicPartition(record.topic(), record.partition()))
                    .findFirst()
                    .orElseThrow();
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(2)))
                    .all()
                    .get();

            Ended part = replay(old.settings("replay"), "2024-06-01T00:00:00Z", "2024-07-01T00:00:00Z");
            assertThat(part.code()).isZero();
            assertThat(part.err()).contains("INCOMPLETE");
            assertThat(Files.readString(out.resolve("summary.json"))).contains("2024-06-04T10:05:00Z");

            // The first record left is two hours earlier, but an event may be a day ahead of its record.
            out = reports.resolve("ahead");
            Ended ahead = replay(old.settings("replay"), "2024-06-04T12:00:00Z", "2024-06-04T13:00:00Z");
            assertThat(ahead.code()).isZero();
            assertThat(ahead.err()).contains("INCOMPLETE");
            assertThat(Files.readString(out.resolve("summary.json"))).contains("\"complete\": false");

            out = reports.resolve("gone");
            Ended gone = replay(old.settings("replay"), "2024-06-01T00:00:00Z", "2024-06-04T00:00:00Z");
            assertThat(gone.code()).isEqualTo(2);
            assertThat(gone.err()).contains("beyond retention", "2024-06-04T10:05:00Z");
            assertThat(out).doesNotExist();
        }
    }

    private Ended replay(String from, String to, String... more) throws IOException {
        return replay(deployment.settings("replay"), from, to, more);
    }

    private Ended replay(Map<String, String> settings, String from, String to, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("replay", "--config", Program.config(dir, settings)));
        arguments.addAll(List.of("--from", from, "--to", to, "--out", out.toString()));
        arguments.addAll(List.of(more));
        return Program.run(arguments.toArray(String[]::new));
    }

    private List<String> violations() throws IOException {
        return Files.readAllLines(out.resolve("violations.ndjson"));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
