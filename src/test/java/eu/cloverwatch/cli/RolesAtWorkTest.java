package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import eu.cloverwatch.cli.Program.Ended;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.Monitor;
import eu.cloverwatch.runtime.Role;
import eu.cloverwatch.runtime.SampleRecords;
import eu.cloverwatch.topology.TopologySettings.StoreKind;
import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.v1.AgeBand;
import eu.cloverwatch.v1.GatewayApproval;
import eu.cloverwatch.v1.GatewayStatus;
import eu.cloverwatch.v1.SubjectConsent;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.Topic;
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
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole job, everybody with a role and nothing else: what the roles give is enough. */
@Timeout(180)
class RolesAtWorkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");
    private static final int EVENTS = 5;

    @TempDir
    static Path dir;

    private static AuthorizingCluster cluster;
    private static RecordSerde serde;

    @BeforeAll
    static void administer() throws Exception {
        cluster = AuthorizingCluster.start(dir);
        serde = cluster.serde();
        cluster.apply();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            serde.close();
            cluster.close();
        }
    }

    private static Map<String, String> settings(Role role) {
        return cluster.settings(role.configurationName());
    }

    @Test
    void what_producers_report_is_judged_published_read_and_verified() throws Exception {
        Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        publishPolicy();
        publish(Role.PRODUCER_LOCATIONS, Topic.EMPLOYEE_LOCATIONS, "E-1", value(SampleRecords.located("E-1", "US")));
        publish(Role.PRODUCER_CONSENTS, Topic.CONSENTS, "S-1", consent());
        publish(Role.PARTNER, Topic.GATEWAYS, "G-1", approval());
        publishEvents();

        Map<String, String> monitor = new HashMap<>(settings(Role.MONITOR));
        monitor.put("streams.repartition.purge.interval.ms", "100");
        monitor.put("streams.commit.interval.ms", "100");
        judge(monitor, "cloverwatch.soc-1");
        // And again: now the internal topics are there.
        judge(monitor, "cloverwatch.soc-2");

        assertThat(read(Role.PARTNER, "cloverwatch.partner-siem", Topic.VIOLATIONS, 3))
                .hasSize(3);
        assertThat(read(Role.SOC, "cloverwatch.soc", Topic.FINDINGS_OCSF, 3)).hasSize(3);
        assertThat(read(Role.SOC, "cloverwatch.soc-siem", Topic.VIOLATIONS, 3)).hasSize(3);
        assertThat(read(Role.INVESTIGATOR, "cloverwatch.investigator-jane", Topic.REJECTS, 1))
                .hasSize(1);
        replayAndVerify(begin);
    }

    private static void publishPolicy() throws Exception {
        Path policy = Files.copy(Path.of("examples/scenario/policy.yaml"), dir.resolve("policy.yaml"));
        Ended published = Program.run(
                "policy",
                "publish",
                policy.toString(),
                "--force",
                "--config",
                Program.config(dir, settings(Role.PARTNER)));
        assertThat(published.code()).as(published.err()).isZero();
    }

    /** Three that leave, one that stays, and one that cannot be read. */
    private static void publishEvents() throws Exception {
        List<Arrival> events = List.of(
                SampleRecords.leaking("l-1"),
                SampleRecords.leaking("l-2"),
                SampleRecords.readBy("E-1", "r-1"),
                SampleRecords.staying("s-1"));
        for (Arrival event : events) {
            AccessEvent record = (AccessEvent) value(event);
            record.setOccurredAt(Instant.now().truncatedTo(ChronoUnit.MILLIS));
            publish(Role.PRODUCER_EVENTS, Topic.ACCESS_EVENTS, String.valueOf(event.key()), record);
        }
        send(Role.PRODUCER_EVENTS, Topic.ACCESS_EVENTS, "key", "no event".getBytes(StandardCharsets.UTF_8));
    }

    /** @param group of the SOC, who waits for incidents: they are published a moment after all events have their outcomes */
    private static void judge(Map<String, String> settings, String group) throws Exception {
        try (Monitor monitor = Monitor.start(Configuration.load(null, Map.of(), settings), StoreKind.PERSISTENT);
                Admin admin = Admin.create(cluster.client(AuthorizingCluster.ADMIN))) {
            await().atMost(PATIENCE).until(() -> {
                assertThat(monitor.ended()).isNotDone();
                return monitor.outcomes()
                                .map(outcomes -> outcomes.values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum())
                                .orElse(0L)
                        == EVENTS;
            });
            assertThat(monitor.outcomes().orElseThrow())
                    .containsEntry(Outcome.VIOLATION, 3L)
                    .containsEntry(Outcome.REJECTED, 1L);
            // Kafka Streams deletes what was read from repartition topics; if it may not, it only logs that.
            TopicPartition purged = new TopicPartition("cloverwatch-by-actor-repartition", 0);
            TopicPartition other = new TopicPartition("cloverwatch-by-actor-repartition", 1);
            await().atMost(PATIENCE)
                    .until(() -> admin
                            .listOffsets(Map.of(purged, OffsetSpec.earliest(), other, OffsetSpec.earliest()))
                            .all()
                            .get()
                            .values()
                            .stream()
                            .anyMatch(earliest -> earliest.offset() > 0));
            assertThat(read(Role.SOC, group, Topic.INCIDENTS_OCSF, 1)).isNotEmpty();
        }
    }

    private static void replayAndVerify(Instant begin) throws Exception {
        String config = Program.config(dir, settings(Role.INVESTIGATOR));
        String to = begin.plus(Duration.ofHours(1)).toString();
        Ended replayed = Program.run(
                "replay",
                "--config",
                config,
                "--from",
                begin.toString(),
                "--to",
                to,
                "--out",
                dir.resolve("report").toString());
        assertThat(replayed.code()).as(replayed.err()).isZero();
        assertThat(replayed.err()).contains("3 violations");
        Ended verified = Program.run("verify", "--config", config, "--from", begin.toString(), "--to", to);
        assertThat(verified.out()).isEmpty();
        assertThat(verified.code()).as(verified.err()).isZero();
    }

    private static SpecificRecord value(Arrival arrival) {
        return ((Arrival.Value) arrival.payload()).record();
    }

    private static SubjectConsent consent() {
        return SubjectConsent.newBuilder()
                .setSubjectId("S-1")
                .setResidenceCountry("DE")
                .setAgeBand(AgeBand.ADULT)
                .setEffectiveFrom(LONG_AGO)
                .setRecordedAt(LONG_AGO)
                .setGrants(List.of())
                .build();
    }

    private static GatewayApproval approval() {
        return GatewayApproval.newBuilder()
                .setGatewayId("G-1")
                .setSite("dublin-1")
                .setStatus(GatewayStatus.APPROVED)
                .setApprovedBy("partner")
                .setEffectiveFrom(LONG_AGO)
                .setRecordedAt(LONG_AGO)
                .setDestinations(List.of("US"))
                .setCategories(List.of("*"))
                .setPurposes(List.of("*"))
                .setReviewedBuilds(List.of())
                .build();
    }

    private static void publish(Role role, Topic topic, String key, SpecificRecord value) throws Exception {
        send(role, topic, key, serde.serialize(topic.defaultName(), value));
    }

    /** With Kafka's own producer, as it comes: idempotent. */
    private static void send(Role role, Topic topic, String key, byte[] value) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                cluster.client(role.configurationName()), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.defaultName(), key, value)).get();
        }
    }

    /** In a group, with offsets that are committed. */
    private static List<ConsumerRecord<String, byte[]>> read(Role role, String group, Topic topic, int count) {
        Map<String, Object> client = cluster.client(role.configurationName());
        client.put("group.id", group);
        client.put("auto.offset.reset", "earliest");
        client.put("isolation.level", "read_committed");
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(client, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic.defaultName()));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() >= count;
            });
            consumer.commitSync();
        }
        return records;
    }
}
