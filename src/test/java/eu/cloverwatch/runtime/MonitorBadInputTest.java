package eu.cloverwatch.runtime;

import static eu.cloverwatch.runtime.Deployment.judged;
import static eu.cloverwatch.runtime.Deployment.outcomes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.topology.Rejects;
import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that cannot be used: each is rejected with its reason, and all others are judged. */
class MonitorBadInputTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] UNKNOWN_SCHEMA = {0, 0x7f, 0, 0, 1, 2, 3};
    private static final byte[] CUT_OFF_HEADER = {0, 0};

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
    void events_that_cannot_be_used_are_rejected_as_they_came_and_all_others_are_judged() {
        AccessEvent noCategories = AccessEvent.newBuilder(SampleRecords.leak("none"))
                .setCategories(List.of())
                .build();
        AccessEvent negative = AccessEvent.newBuilder(SampleRecords.leak("negative"))
                .setByteCount(-1)
                .build();
        AccessEvent ahead = AccessEvent.newBuilder(SampleRecords.leak("ahead"))
                .setOccurredAt(SampleRecords.NOON.plus(Duration.ofDays(2)))
                .build();
        List<Arrival> bad = List.of(
                raw("not avro", "hello"),
                raw("unknown schema", UNKNOWN_SCHEMA),
                raw("cut off", CUT_OFF_HEADER),
                raw("empty", new byte[0]),
                keyed("no categories", SampleRecords.event(noCategories)),
                keyed("negative", SampleRecords.event(negative)),
                new Arrival(Topic.ACCESS_EVENTS, "ahead", new Arrival.Value(ahead), SampleRecords.NOON),
                new Arrival(Topic.ACCESS_EVENTS, "tombstone", new Arrival.Tombstone(), SampleRecords.NOON));
        try (Deployment deployment = cluster.deploy("bad-events")) {
            deployment.publish(SampleRecords.policy(), SampleRecords.leaking("good-1"));
            deployment.publish(bad);
            deployment.publish(SampleRecords.leaking("good-2"), keyless(SampleRecords.leaking("good-3")));
            try (Monitor monitor = deployment.monitor("a")) {
                await().atMost(PATIENCE).until(() -> judged(monitor) == bad.size() + 3);
                assertThat(outcomes(monitor))
                        .containsOnly(entry(Outcome.VIOLATION, 3L), entry(Outcome.REJECTED, (long) bad.size()));
            }

            assertThat(deployment.violatingEvents()).containsExactly("good-1", "good-2", "good-3");
            List<ConsumerRecord<byte[], byte[]>> rejects = deployment.rejects();
            assertThat(reasons(rejects))
                    .hasSize(bad.size())
                    .hasEntrySatisfying("not avro", has("expected magic byte 0, came 104"))
                    .hasEntrySatisfying("unknown schema", has("schema with id 2130706433"))
                    .hasEntrySatisfying("cut off", has("came 2 bytes"))
                    .hasEntrySatisfying("empty", has("came 0 bytes"))
                    .hasEntrySatisfying("no categories", has("categories"))
                    .hasEntrySatisfying("negative", has("byte_count"))
                    .hasEntrySatisfying("ahead", has("occurred_at"))
                    .hasEntrySatisfying("tombstone", has("not a tombstone"));
            assertThat(rejects)
                    .extracting(ConsumerRecord::value)
                    .contains(UNKNOWN_SCHEMA, CUT_OFF_HEADER, "hello".getBytes(StandardCharsets.UTF_8));
            assertNoSubjectIn(rejects);
        }
    }

    @Test
    void facts_that_cannot_be_used_play_no_part_and_are_rejected_once_though_every_start_reads_them_again() {
        List<Arrival> bad = List.of(
                SampleRecords.raw(Topic.EMPLOYEE_LOCATIONS, "E-1", "not avro"),
                new Arrival(
                        Topic.EMPLOYEE_LOCATIONS,
                        "E-1",
                        new Arrival.Value(SampleRecords.location("E-2", "IE")),
                        SampleRecords.NOON),
                SampleRecords.located("E-1", "XX"),
                SampleRecords.raw(Topic.GATEWAYS, "G-1", UNKNOWN_SCHEMA),
                SampleRecords.raw(Topic.CONSENTS, "S-1", UNKNOWN_SCHEMA),
                new Arrival(Topic.POLICIES, "sample", new Arrival.Tombstone(), SampleRecords.NOON));
        try (Deployment deployment = cluster.deploy("bad-facts")) {
            deployment.publish(SampleRecords.policy(), SampleRecords.located("E-1", "US"));
            deployment.publish(bad);
            deployment.publish(SampleRecords.readBy("E-1", "first"));
            judge(deployment, 1);
            deployment.publish(SampleRecords.readBy("E-1", "second"));
            judge(deployment, 2);

            assertThat(deployment.violations())
                    .extracting(v -> v.getEventId(), v -> v.getActor().getCountry())
                    .containsExactlyInAnyOrder(tuple("first", "US"), tuple("second", "US"));
            assertThat(deployment.rejects())
                    .extracting(reject -> header(reject, Rejects.TOPIC))
                    .containsExactlyInAnyOrder(
                            "bad-facts.employee-locations.v1",
                            "bad-facts.employee-locations.v1",
                            "bad-facts.employee-locations.v1",
                            "bad-facts.gateways.v1",
                            "bad-facts.consents.v1",
                            "bad-facts.policies.v1");
        }
    }

    private static void judge(Deployment deployment, int events) {
        try (Monitor monitor = deployment.monitor("a")) {
            await().atMost(PATIENCE)
                    .until(() ->
                            judged(monitor) == events && deployment.rejects().size() >= 6);
        }
    }

    private static void assertNoSubjectIn(List<ConsumerRecord<byte[], byte[]>> rejects) {
        for (ConsumerRecord<byte[], byte[]> reject : rejects) {
            assertThat(reject.headers()).noneMatch(h -> text(h.value()).contains("subject-of"));
        }
    }

    /** Reasons by key; each reject says whence it came. */
    private static Map<String, String> reasons(List<ConsumerRecord<byte[], byte[]>> rejects) {
        assertThat(rejects).allSatisfy(reject -> {
            assertThat(header(reject, Rejects.TOPIC)).isEqualTo("bad-events.access-events.v1");
            assertThat(header(reject, Rejects.PARTITION)).containsOnlyDigits();
            assertThat(header(reject, Rejects.OFFSET)).containsOnlyDigits();
            assertThat(header(reject, Rejects.TIMESTAMP)).isEqualTo("2025-03-01T12:00:00Z");
        });
        return rejects.stream().collect(Collectors.toMap(r -> text(r.key()), r -> header(r, Rejects.REASON)));
    }

    private static java.util.function.Consumer<String> has(String part) {
        return reason -> assertThat(reason).contains(part);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return text(
                Objects.requireNonNull(record.headers().lastHeader(name), name).value());
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static Arrival raw(String key, String value) {
        return SampleRecords.raw(Topic.ACCESS_EVENTS, key, value);
    }

    private static Arrival raw(String key, byte[] value) {
        return SampleRecords.raw(Topic.ACCESS_EVENTS, key, value);
    }

    private static Arrival keyed(String key, Arrival arrival) {
        return new Arrival(arrival.topic(), key, arrival.payload(), arrival.timestamp());
    }

    private static Arrival keyless(Arrival arrival) {
        return new Arrival(arrival.topic(), null, arrival.payload(), arrival.timestamp());
    }
}
