package eu.cloverwatch.cli;

import static eu.cloverwatch.cli.Refused.EARLY;
import static eu.cloverwatch.cli.Refused.consent;
import static eu.cloverwatch.cli.Refused.copyOmitted;
import static eu.cloverwatch.cli.Refused.header;
import static eu.cloverwatch.cli.Refused.ofUnknownCountry;
import static eu.cloverwatch.cli.Refused.producer;
import static eu.cloverwatch.cli.Refused.registerSchemaToCome;
import static eu.cloverwatch.cli.Refused.utf8;
import static eu.cloverwatch.cli.Refused.withSchemaToCome;
import static eu.cloverwatch.cli.Refused.withoutCategories;
import static eu.cloverwatch.cli.Refused.wrongPartition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import eu.cloverwatch.cli.Program.Ended;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.LoopbackCluster;
import eu.cloverwatch.runtime.Monitor;
import eu.cloverwatch.runtime.SampleRecords;
import eu.cloverwatch.topology.Rejects;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A monitor runs and has refused what is refused; an operator repairs it. Each test has rejects of its own. */
@Timeout(180)
class RejectsCommandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = "rejecting";

    @TempDir
    static Path dir;

    private static LoopbackCluster cluster;
    private static Deployment deployment;
    private static Monitor monitor;

    @TempDir
    private Path files;

    @BeforeAll
    static void refuse() throws Exception {
        cluster = LoopbackCluster.start(dir);
        deployment = cluster.deploy(NAME);
        monitor = deployment.monitor("a");
        deployment.publish(
                SampleRecords.policy(),
                withoutCategories("repaired"),
                withoutCategories("twice"),
                ofUnknownCountry("withdrawn"),
                SampleRecords.raw(Topic.ACCESS_EVENTS, "mailer-garbage", "subject-in-garbage"),
                new Arrival(Topic.POLICIES, "sample", new Arrival.Tombstone(), SampleRecords.NOON));
        try (KafkaProducer<byte[], byte[]> producer = producer(cluster.bootstrapServers())) {
            byte[] key = utf8(SampleRecords.subjectOf("withdrawn"));
            producer.send(new ProducerRecord<>(
                            deployment.topic(Topic.CONSENTS),
                            wrongPartition(key),
                            EARLY.toEpochMilli(),
                            key,
                            consent(deployment)))
                    .get();
            producer.send(copyOmitted(deployment)).get();
        }
        await().atMost(PATIENCE)
                .until(() -> deployment.rejects().size() == 6
                        && deployment.violatingEvents().contains("withdrawn"));
    }

    @AfterAll
    static void stop() {
        monitor.close();
        deployment.close();
        cluster.close();
    }

    @Test
    void rejectsAreListedWithPlaceAndReasonAndNeverWithWhatWasInThem() throws IOException {
        Ended text = rejects("list");
        Ended json = rejects("list", "--json", "--requeued");

        assertThat(text.code()).as(text.err()).isZero();
        assertThat(text.out()).hasSizeGreaterThanOrEqualTo(6).allMatch(line -> line.startsWith(NAME + ".rejects.v1-"));
        assertThat(text.out())
                .anyMatch(line -> line.contains(NAME + ".consents.v1-") && line.contains("murmur2_random"))
                .anyMatch(line -> line.contains("magic byte 0"));
        assertThat(text.err()).contains(NAME + ".access-events.v1: categories", "rejects");
        assertThat(json.out())
                .hasSameSizeAs(text.out())
                .allSatisfy(line -> assertThat(line)
                        .contains("\"record\":", "\"origin\":", "\"reason\":", "\"rejected_at\":", "\"requeued\":["));
        assertThat(String.join("\n", text.out()) + text.err() + String.join("\n", json.out()) + json.err())
                .doesNotContain("subject-", "mailer-");
    }

    @Test
    void aListIsNarrowedByTopicReasonAndTime() throws IOException {
        assertThat(rejects("list", "--topic", "consents").out()).hasSize(1);
        assertThat(rejects("list", "--topic", NAME + ".policies.v1").out()).hasSize(1);
        assertThat(rejects("list", "--topic", "access-events", "--reason", "magic byte")
                        .out())
                .hasSize(1);
        assertThat(rejects("list", "--to", "2020-01-01T00:00:00Z").out()).isEmpty();
        assertThat(rejects("list", "--from", "2020-01-01T00:00:00Z", "--topic", "consents")
                        .out())
                .hasSize(1);
        assertThat(rejects("list", "--from", "2990-01-01T00:00:00Z").out()).isEmpty();
    }

    @Test
    void anEventWhoseSchemaWasNotThereIsRequeuedAsItCameAndJudged() throws IOException {
        try (Deployment early = cluster.deploy("early")) {
            early.publish(
                    SampleRecords.policy(),
                    SampleRecords.raw(Topic.ACCESS_EVENTS, "mailer-early", withSchemaToCome("early")));
            // Not the one below: a monitor remembers for a while which ids the registry does not know.
            try (Monitor refuses = early.monitor("a")) {
                await().atMost(PATIENCE).until(() -> early.rejects().size() == 1);
                assertThat(refuses.ended()).isNotDone();
            }
            Map<String, String> settings = early.settings("operator");
            String place = place(early.rejects().get(0));
            Ended tooEarly = rejects(settings, "requeue", "--record", place);
            assertThat(tooEarly.code()).isEqualTo(2);
            assertThat(tooEarly.err()).contains("would be rejected again: ", "nothing was sent");

            registerSchemaToCome(early, cluster.registryUrl());
            requeueBySelection(settings, place, early);

            try (Monitor judges = early.monitor("a")) {
                // The first one stays what it was, the second is a record of its own.
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(judges.outcomes().orElse(Map.of()))
                                .containsEntry(Outcome.REJECTED, 1L)
                                .containsEntry(Outcome.VIOLATION, 1L));
            }
            assertThat(early.violatingEvents()).containsExactly("early");
        }
    }

    private static void requeueBySelection(Map<String, String> settings, String place, Deployment early)
            throws IOException {
        Ended dry = rejects(settings, "requeue", "--topic", "access-events");
        assertThat(dry.code()).isZero();
        assertThat(dry.out()).singleElement().asString().contains(place, "would go to", "as it came");
        assertThat(dry.err()).contains("nothing was sent", "--yes 1");
        Ended other = rejects(settings, "requeue", "--topic", "access-events", "--yes", "2");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("--yes says 2", "1 are selected");
        assertThat(early.records(Topic.ACCESS_EVENTS)).hasSize(1);

        Ended sent = rejects(settings, "requeue", "--topic", "access-events", "--yes", "1");

        assertThat(sent.code()).as(sent.err()).isZero();
        ConsumerRecord<byte[], byte[]> record = early.records(Topic.ACCESS_EVENTS).stream()
                .filter(candidate -> candidate.headers().lastHeader("cloverwatch.requeued.from") != null)
                .findFirst()
                .orElseThrow();
        assertThat(sent.out()).containsExactly(place + " -> " + place(record));
        assertThat(record.value()).isEqualTo(withSchemaToCome("early"));
        assertThat(record.key()).isEqualTo(utf8("mailer-early"));
        assertThat(Instant.ofEpochMilli(record.timestamp())).isAfter(SampleRecords.NOON.plus(Duration.ofDays(1)));
        assertThat(header(record, "cloverwatch.requeued.from")).isEqualTo(place);
        assertThat(header(record, "cloverwatch.requeued.origin")).startsWith("early.access-events.v1-");
        assertThat(header(record, "cloverwatch.requeued.repaired")).isEqualTo("false");
    }

    @Test
    void anEventIsExportedRepairedAndJudgedUnderItsOwnId() throws IOException {
        String place = placeOfEvent("repaired");
        Path file = export(place);
        assertThat(Files.readString(file)).contains("\"event_id\":\"repaired\"", "\"categories\":[]");
        Ended unrepaired = rejects("requeue", "--record", place, "--value", file.toString());
        assertThat(unrepaired.code()).isEqualTo(2);
        assertThat(unrepaired.err()).contains(file + ":1: categories");
        Files.writeString(file, Files.readString(file).replace("\"categories\":[]", "\"categories\":[\"EMAIL\"]"));

        Ended dry = rejects("requeue", "--record", place, "--value", file.toString(), "--dry-run");
        assertThat(dry.out()).singleElement().asString().contains("repaired");
        assertThat(requeued(place)).isEmpty();
        Ended sent = rejects("requeue", "--record", place, "--value", file.toString());

        assertThat(sent.code()).as(sent.err()).isZero();
        assertThat(sent.err()).contains("1 of 1 records were sent").doesNotContain("subject-");
        await().atMost(PATIENCE).until(() -> deployment.violatingEvents().contains("repaired"));
        assertThat(header(requeued(place).get(0), "cloverwatch.requeued.repaired"))
                .isEqualTo("true");
        assertThat(rejects("list", "--record", place, "--requeued").out())
                .singleElement()
                .asString()
                .contains("requeued as " + NAME + ".access-events.v1-");
    }

    @Test
    void whatIsExportedIsForItsOwnerOnly() throws IOException {
        Path file = export(placeOfEvent("repaired"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.resolve("export"))))
                .isEqualTo("rwx------");
        assertThat(rejects(
                                "export",
                                "--record",
                                "0@0",
                                "--out",
                                files.resolve("export").toString())
                        .code())
                .isEqualTo(2);
        assertThat(rejects("export", "--out", files.resolve("all").toString()).err())
                .contains("expected which rejects");
    }

    @Test
    void anEventThatIsRequeuedTwiceIsADuplicate() throws IOException {
        String place = placeOfEvent("twice");
        Path file = export(place);
        Files.writeString(file, Files.readString(file).replace("\"categories\":[]", "\"categories\":[\"EMAIL\"]"));

        assertThat(rejects("requeue", "--record", place, "--value", file.toString())
                        .code())
                .isZero();
        assertThat(rejects("requeue", "--record", place, "--value", file.toString())
                        .code())
                .isZero();

        await().atMost(PATIENCE)
                .until(() -> monitor.outcomes().orElse(Map.of()).getOrDefault(Outcome.DUPLICATE, 0L) == 1);
        assertThat(deployment.violatingEvents()).containsOnlyOnce("twice");
        assertThat(rejects("list", "--json", "--requeued", "--record", place).out())
                .singleElement()
                .asString()
                .containsPattern("\"requeued\":\\[\"[^\"]+\",\"[^\"]+\"]");
    }

    @Test
    void aConsentInTheWrongPartitionIsPutRightByTheRequeueWithItsOwnTime() throws IOException {
        String place = placeOf("murmur2_random");

        Ended sent = rejects("requeue", "--record", place);

        assertThat(sent.code()).as(sent.err()).isZero();
        // The subject turns out to live in the US: their data is out of scope.
        await().atMost(PATIENCE)
                .until(() -> deployment.violations().stream()
                        .anyMatch(violation -> violation.getEventId().equals("withdrawn")
                                && violation.getStatus() == ViolationStatus.WITHDRAWN));
        assertThat(requeuedIn(Topic.CONSENTS, place))
                .singleElement()
                .satisfies(record ->
                        assertThat(Instant.ofEpochMilli(record.timestamp())).isEqualTo(EARLY));
    }

    @Test
    void whatWouldBeRejectedAgainIsRefusedAndNothingOfTheSelectionIsSent() throws IOException {
        String garbage = placeOf("magic byte 0");
        String omitted = placeOf("record: expected at most");

        Ended ended = rejects("requeue", "--record", garbage, "--record", omitted, placeOf("policy"));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains("nothing was sent: 3 of 3", "magic byte 0", "is at " + NAME + ".access-events.v1-3@7")
                .contains("policy publish")
                .doesNotContain("subject-");
        Ended others = rejects("requeue", "--reason", "magic byte 0");
        assertThat(others.code()).isZero();
        assertThat(others.err()).contains("left out: " + garbage, "0 records would be");
        assertThat(requeued(garbage)).isEmpty();
    }

    @Test
    void recordsThatAreNotThereAreNamed() throws IOException {
        Ended beyond = rejects("requeue", "--record", "0@999", "9@1");
        assertThat(beyond.code()).isEqualTo(2);
        assertThat(beyond.err()).contains(NAME + ".rejects.v1-0@999", NAME + ".rejects.v1-9@1");

        Ended elsewhere = rejects("list", "--record", "violations-0@1");
        assertThat(elsewhere.code()).isEqualTo(2);
        assertThat(elsewhere.err()).contains("--record", "'violations-0@1'");
        assertThat(rejects("list", "--topic", "violations").err()).contains("access-events, employee-locations");
        assertThat(rejects("list", "--record", "0@1", "--topic", "consents").code())
                .isEqualTo(2);
        assertThat(rejects("requeue").err()).contains("expected which rejects");
        assertThat(rejects("requeue", "--topic", "consents", "--value", "x").err())
                .contains("--value");
    }

    @Test
    void whatRetentionHasTakenOrSomebodyElseWroteIsSaid() throws Exception {
        try (Deployment other = cluster.deploy("rejected-elsewhere");
                KafkaProducer<byte[], byte[]> producer = producer(cluster.bootstrapServers());
                Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            String topic = other.topic(Topic.REJECTS);
            for (int i = 0; i < 3; i++) {
                producer.send(new ProducerRecord<>(topic, 0, utf8("key"), utf8("subject-of-nobody")))
                        .get();
            }
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();

            Ended gone = rejects(other.settings("operator"), "requeue", "--record", "0@0");
            assertThat(gone.code()).isEqualTo(2);
            assertThat(gone.err()).contains("no reject is there, or is there any more: " + topic + "-0@0");
            Ended foreign = rejects(other.settings("operator"), "list");
            assertThat(foreign.code()).isZero();
            assertThat(foreign.out()).isEmpty();
            assertThat(foreign.err())
                    .contains(topic + "-0@1: not written by a monitor", topic + "-0@2")
                    .doesNotContain("subject-");
        }
    }

    @Test
    void aTopicThatIsMissingIsTheEnvironments() throws IOException {
        Map<String, String> settings = new HashMap<>(deployment.settings("operator"));
        settings.put("cloverwatch.topic.rejects", "nowhere");

        Ended ended = rejects(settings, "list");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).contains("nowhere", "no such topic");
    }

    private static Ended rejects(String... arguments) throws IOException {
        return rejects(deployment.settings("operator"), arguments);
    }

    private static Ended rejects(Map<String, String> settings, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("rejects", arguments[0], "--config", Program.config(dir, settings)));
        all.addAll(List.of(arguments).subList(1, arguments.length));
        return Program.run(all.toArray(String[]::new));
    }

    /** The file that can be edited. */
    private Path export(String place) throws IOException {
        Path out = files.resolve("export");
        Ended ended = rejects("export", "--record", place, "--out", out.toString());
        assertThat(ended.code()).as(ended.err()).isZero();
        String name = place.substring(place.lastIndexOf('-') + 1).replace('@', '-');
        assertThat(out.resolve(name + ".key")).exists();
        assertThat(out.resolve(name + ".value")).exists();
        return out.resolve(name + ".json");
    }

    /** Of the reject with this reason. */
    private static String placeOf(String reason) {
        return deployment.rejects().stream()
                .filter(reject -> header(reject, Rejects.REASON).contains(reason))
                .map(RejectsCommandTest::place)
                .findFirst()
                .orElseThrow();
    }

    private static String placeOfEvent(String id) {
        return deployment.rejects().stream()
                .filter(reject ->
                        reject.key() != null && new String(reject.key(), StandardCharsets.UTF_8).equals("mailer-" + id))
                .map(RejectsCommandTest::place)
                .findFirst()
                .orElseThrow();
    }

    private static String place(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    private static List<ConsumerRecord<byte[], byte[]>> requeued(String place) {
        return requeuedIn(Topic.ACCESS_EVENTS, place);
    }

    private static List<ConsumerRecord<byte[], byte[]>> requeuedIn(Topic topic, String place) {
        return deployment.records(topic).stream()
                .filter(record -> record.headers().lastHeader("cloverwatch.requeued.from") != null)
                .filter(record -> header(record, "cloverwatch.requeued.from").equals(place))
                .toList();
    }
}
