package eu.cloverwatch.topology;

import static eu.cloverwatch.model.Outcome.IN_REGION;
import static eu.cloverwatch.model.Outcome.REJECTED;
import static eu.cloverwatch.model.Outcome.VIOLATION;
import static eu.cloverwatch.topology.Access.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.topology.TopologyHarness.Rejected;
import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An event that cannot be used is published as it came, with the reason, and is counted. */
class RejectedEventsTest {

    private static final Instant T = Instant.parse("2024-06-05T09:00:00Z");
    private static final String EVENTS = Topic.ACCESS_EVENTS.defaultName();
    private static final String SUBJECT = "subject-zoë";

    @RegisterExtension
    final TopologyHarness flow = new TopologyHarness();

    @BeforeEach
    void aPolicyIsInForce() {
        flow.policy(Facts.POLICY, Instant.parse("2023-03-08T00:00:00Z"));
    }

    /** The only record so far, and that it went nowhere but to the rejects. */
    private Rejected rejected() {
        assertThat(flow.outcomes()).isEqualTo(Map.of(REJECTED, 1L));
        assertThat(flow.violations()).isEmpty();
        List<Rejected> rejects = flow.rejects();
        assertThat(rejects).hasSize(1);
        return rejects.get(0);
    }

    private void assertRejected(byte[] value, String reason) {
        byte[] key = "E-1".getBytes(UTF_8);
        flow.pipe(Topic.ACCESS_EVENTS, key, value, T);
        Rejected rejected = rejected();
        assertThat(rejected.reason()).contains(reason);
        assertThat(rejected.key()).isEqualTo(key);
        assertThat(rejected.value()).isEqualTo(value);
    }

    private void assertRejected(AccessEvent event, String reason) {
        assertRejected(flow.serde().serialize(EVENTS, event), reason);
    }

    @Test
    void bytesThatAreNotConfluentsWireFormat() {
        assertRejected("{\"event_id\": \"ev-1\"}".getBytes(UTF_8), "expected magic byte 0, came 123");
    }

    @Test
    void bytesThatAreTooFew() {
        assertRejected(new byte[] {0, 0}, "came 2 bytes in all");
    }

    @Test
    void bytesThatAreNotAvro() {
        byte[] good = flow.serde().serialize(EVENTS, event("ev-1", T).avro());
        assertRejected(Arrays.copyOf(good, good.length / 2), "expected Avro of schema");
    }

    @Test
    void aSchemaIdThatTheRegistryDoesNotKnow() {
        assertRejected(HexFormat.of().parseHex("000001869f00"), "knows no schema with id 99999");
    }

    @Test
    void aRecordOfAnotherKind() {
        byte[] location =
                flow.serde().serialize(Topic.EMPLOYEE_LOCATIONS.defaultName(), Facts.location("E-1", "JP", T, T));
        assertRejected(location, "expected a record readable as eu.cloverwatch.v1.AccessEvent");
    }

    @Test
    void anEmptyEventId() {
        assertRejected(event("", T).avro(), "event_id: expected 1 to 128 code points");
    }

    @Test
    void aNegativeCount() {
        assertRejected(event("ev-1", T).bytes(-1).avro(), "byte_count: expected a number that is not negative");
    }

    @Test
    void aCountryThatDoesNotExist() {
        assertRejected(event("ev-1", T).to("XX").avro(), "destination.country: expected an ISO 3166-1 alpha-2");
    }

    @Test
    void noCategory() {
        assertRejected(event("ev-1", T).categories().avro(), "categories: expected at least one category");
    }

    @Test
    void aTombstone() {
        flow.pipe(Topic.ACCESS_EVENTS, "E-1".getBytes(UTF_8), null, T);
        Rejected rejected = rejected();
        assertThat(rejected.reason()).contains("not a tombstone");
        assertThat(rejected.value()).isNull();
    }

    @Test
    void moreThanADayAheadOfItsKafkaTimestamp() {
        flow.accessed(event("ev-1", T), T.minus(Duration.ofHours(24)).minusMillis(1));
        assertThat(rejected().reason()).contains("occurred_at: expected at most 24 hours after");
    }

    @Test
    void exactlyADayAheadIsFine() {
        flow.accessed(event("ev-1", T), T.minus(Duration.ofHours(24)));
        assertThat(flow.outcomes()).isEqualTo(Map.of(IN_REGION, 1L));
        assertThat(flow.rejects()).isEmpty();
    }

    @Test
    void longAfterItHappenedIsFine() {
        flow.accessed(event("ev-1", T), T.plus(Duration.ofDays(3650)));
        assertThat(flow.outcomes()).isEqualTo(Map.of(IN_REGION, 1L));
    }

    @Test
    void theHeadersSayWhyAndWhence() {
        flow.accessed(event("ev-1", T));
        flow.accessed(event("ev-2", T));
        flow.accessed(event("", T), T.plusMillis(7));

        assertThat(flow.rejects())
                .singleElement()
                .extracting(Rejected::headers)
                .isEqualTo(Map.of(
                        "cloverwatch.reject.reason", "event_id: expected 1 to 128 code points",
                        "cloverwatch.origin.topic", "cloverwatch.access-events.v1",
                        "cloverwatch.origin.partition", "0",
                        "cloverwatch.origin.offset", "2",
                        "cloverwatch.origin.timestamp", "2024-06-05T09:00:00.007Z"));
    }

    @Test
    void anIdUsedAgainNamesTheEventsOwnOrigin() {
        flow.accessed(event("ev-1", T).to("JP"));
        AccessEvent other = event("ev-1", T).to("JP").bytes(1).avro();
        byte[] bytes = flow.serde().serialize(EVENTS, other);
        flow.pipe(Topic.ACCESS_EVENTS, "E-9".getBytes(UTF_8), bytes, T.plusSeconds(1));

        assertThat(flow.rejects()).singleElement().satisfies(rejected -> {
            assertThat(rejected.key()).asString(UTF_8).isEqualTo("E-9");
            assertThat(rejected.value()).isEqualTo(bytes);
            assertThat(rejected.reason()).contains("event_id: expected a new id");
            assertThat(rejected.headers())
                    .containsEntry(Rejects.TOPIC, EVENTS)
                    .containsEntry(Rejects.PARTITION, "0")
                    .containsEntry(Rejects.OFFSET, "1")
                    .containsEntry(Rejects.TIMESTAMP, "2024-06-05T09:00:01Z");
        });
    }

    @Test
    void aKeyThatIsMissingOrNoTextStaysAsItIs() {
        byte[] noText = {(byte) 0xff, 0};
        flow.pipe(Topic.ACCESS_EVENTS, null, new byte[] {1}, T);
        flow.pipe(Topic.ACCESS_EVENTS, noText, new byte[] {1}, T);
        for (byte[] key : new byte[][] {null, noText}) {
            byte[] first =
                    flow.serde().serialize(EVENTS, event("ev-1", T).to("JP").avro());
            byte[] other =
                    flow.serde().serialize(EVENTS, event("ev-1", T).to("US").avro());
            flow.pipe(Topic.ACCESS_EVENTS, key, first, T);
            flow.pipe(Topic.ACCESS_EVENTS, key, other, T);
        }

        List<Rejected> rejects = flow.rejects();
        assertThat(rejects).hasSize(4);
        assertThat(rejects.get(0).key()).isNull();
        assertThat(rejects.get(1).key()).isEqualTo(noText);
        assertThat(rejects.get(2).key()).isNull();
        assertThat(rejects.get(3).key()).isEqualTo(noText);
    }

    @Test
    void headersNeverHoldTheSubject() {
        AccessEvent invalid = event("ev-1", T).of(SUBJECT, "XX").avro();
        AccessEvent found = event("ev-2", T).of(SUBJECT, "IE").to("JP").avro();
        AccessEvent again = event("ev-2", T).of(SUBJECT, "IE").to("US").avro();
        for (AccessEvent event : List.of(invalid, found, again)) {
            var headers = new RecordHeaders().add("user", SUBJECT.getBytes(UTF_8));
            byte[] value = flow.serde().serialize(EVENTS, event);
            flow.pipe(Topic.ACCESS_EVENTS, new TestRecord<>("E-1".getBytes(UTF_8), value, headers, T));
        }

        assertThat(flow.outcomes()).isEqualTo(Map.of(REJECTED, 2L, VIOLATION, 1L));
        assertThat(flow.rejects())
                .hasSize(2)
                .allSatisfy(rejected -> assertThat(rejected.headers())
                        .hasSize(5)
                        .allSatisfy((name, value) -> assertThat(value).doesNotContain(SUBJECT)));
        assertThat(flow.violations())
                .hasSize(1)
                .allSatisfy(violation -> assertThat(violation.headers())
                        .allSatisfy((name, value) -> assertThat(value).doesNotContain(SUBJECT)));
    }

    @Test
    void aRejectedEventDoesNotTakeItsId() {
        flow.accessed(event("ev-1", T).to("JP").bytes(-1));
        flow.accessed(event("ev-1", T).to("JP"));
        assertThat(flow.outcomes()).isEqualTo(Map.of(REJECTED, 1L, VIOLATION, 1L));
    }

    @Test
    void aRecordThatIsTooLargeIsRejectedWithoutItsValue() {
        flow.pipe(Topic.ACCESS_EVENTS, new byte[0], new byte[(1 << 20) + 1], T);

        Rejected rejected = rejected();
        assertThat(rejected.value()).isNull();
        assertThat(rejected.reason()).isEqualTo("record: expected at most 1048576 bytes");
        assertThat(rejected.headers()).containsEntry(Rejects.OMITTED_BYTES, "1048577");
    }
}
