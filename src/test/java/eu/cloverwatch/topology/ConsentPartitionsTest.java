package eu.cloverwatch.topology;

import static eu.cloverwatch.model.Outcome.GATEWAY_APPROVED;
import static eu.cloverwatch.topology.Access.event;
import static eu.cloverwatch.topology.Facts.granted;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.topology.TopologyHarness.Rejected;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The consents topic has four partitions; what comes here comes from partition 0. */
class ConsentPartitionsTest {

    private static final Instant T = Instant.parse("2024-06-05T09:00:00Z");

    @RegisterExtension
    final TopologyHarness flow = new TopologyHarness(4);

    private String subjectOf(int partition) {
        for (int i = 0; ; i++) {
            String subject = "subject-" + i;
            if (Utils.toPositive(Utils.murmur2(subject.getBytes(UTF_8))) % 4 == partition) {
                return subject;
            }
        }
    }

    @Test
    void aConsentWhereItsSubjectsEventsNeverComeIsRejected() {
        for (int partition = 1; partition < 4; partition++) {
            String subject = subjectOf(partition);
            flow.consented(subject, T);
            assertThat(flow.rejects()).singleElement().satisfies(rejected -> {
                assertThat(rejected.key()).asString(UTF_8).isEqualTo(subject);
                assertThat(rejected.headers().toString()).doesNotContain(subject);
            });
            flow.erased(subject, T);
            assertThat(flow.rejects()).hasSize(1);
        }
    }

    @Test
    void theReasonSaysWhereItBelongs() {
        flow.consented(subjectOf(3), T);
        assertThat(flow.rejects())
                .extracting(Rejected::reason)
                .containsExactly("partition: expected partition 3 of 4 by Kafka's default partitioner"
                        + " (librdkafka: partitioner=murmur2_random)");
    }

    @Test
    void aConsentInItsOwnPartitionMeetsItsSubjectsEvents() {
        flow.policy(Facts.POLICY, Instant.parse("2023-03-08T00:00:00Z"));
        flow.approved("G-1", "JP", T);
        String subject = subjectOf(0);
        flow.consented(subject, T, granted("ADVERTISING"));
        flow.accessed(event("ev-1", T).of(subject, "IE").to("JP").via("G-1").purpose("ADVERTISING"));
        assertThat(flow.rejects()).isEmpty();
        assertThat(flow.outcomes()).isEqualTo(Map.of(GATEWAY_APPROVED, 1L));
    }
}
