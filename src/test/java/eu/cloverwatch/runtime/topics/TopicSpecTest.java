package eu.cloverwatch.runtime.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.ConfigurationException;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.Test;

class TopicSpecTest {

    private static final String LAG = "min.compaction.lag.ms";

    private static TopicSpec spec(Topic topic, Map<String, String> settings) {
        return TopicSpec.all(Configuration.load(null, Map.of(), settings)).stream()
                .filter(spec -> spec.topic() == topic)
                .findFirst()
                .orElseThrow();
    }

    private static String days(int days) {
        return Long.toString(Duration.ofDays(days).toMillis());
    }

    /** Contract, section 1. */
    @Test
    void each_topic_is_kept_as_the_contract_says() {
        Set<Topic> tables = EnumSet.of(Topic.EMPLOYEE_LOCATIONS, Topic.CONSENTS, Topic.GATEWAYS, Topic.POLICIES);
        Set<Topic> revisions = EnumSet.of(Topic.VIOLATIONS, Topic.INCIDENTS);

        for (Topic topic : Topic.values()) {
            TopicSpec spec = spec(topic, Map.of());
            assertThat(spec.name()).isEqualTo(topic.defaultName());
            assertThat(spec.settings())
                    .containsEntry(
                            "cleanup.policy",
                            tables.contains(topic)
                                    ? "compact"
                                    : revisions.contains(topic) ? "compact,delete" : "delete")
                    .containsEntry("message.timestamp.type", "CreateTime")
                    .containsEntry("min.insync.replicas", "2");
            assertThat(spec.settings().containsKey("retention.ms")).isNotEqualTo(tables.contains(topic));
            assertThat(spec.settings().containsKey(LAG)).isEqualTo(tables.contains(topic) || revisions.contains(topic));
            assertThat(spec.replicas()).isEqualTo(3);
            // Of Kafka's own: no setting that a broker does not know, no value that it would refuse.
            LogConfig.validate(new HashMap<>(spec.settings()));
        }
        assertThat(spec(Topic.POLICIES, Map.of("cloverwatch.topics.partitions", "50"))
                        .partitions())
                .isEqualTo(1);
        assertThat(spec(Topic.ACCESS_EVENTS, Map.of("cloverwatch.topics.partitions", "50"))
                        .partitions())
                .isEqualTo(50);
    }

    @Test
    void what_the_monitor_writes_may_be_larger_than_what_it_reads() {
        for (Topic topic : Topic.values()) {
            Set<Topic> written = EnumSet.of(
                    Topic.VIOLATIONS,
                    Topic.FINDINGS_OCSF,
                    Topic.INCIDENTS,
                    Topic.INCIDENTS_OCSF,
                    Topic.LEDGER,
                    Topic.REJECTS);
            assertThat(spec(topic, Map.of()).settings().containsKey("max.message.bytes"))
                    .as(topic.name())
                    .isEqualTo(written.contains(topic));
        }
    }

    @Test
    void history_is_kept_at_least_as_long_as_the_monitor_s() {
        assertThat(spec(Topic.GATEWAYS, Map.of()).settings()).containsEntry(LAG, days(400));
        assertThat(spec(Topic.GATEWAYS, Map.of("cloverwatch.history.horizon", "P500D"))
                        .settings())
                .containsEntry(LAG, days(500));
        assertThat(spec(Topic.CONSENTS, Map.of("cloverwatch.topics.compaction.lag.consents", "P30D"))
                        .settings())
                .containsEntry(LAG, days(30));
        assertThat(spec(Topic.GATEWAYS, Map.of("cloverwatch.topics.compaction.lag.consents", "P30D"))
                        .settings())
                .containsEntry(LAG, days(400));
    }

    @Test
    void for_ever_is_written_as_kafka_writes_it() {
        Map<String, String> forever = Map.of(
                "cloverwatch.topics.retention.inputs", "forever", "cloverwatch.topics.compaction.lag", "forever");

        assertThat(spec(Topic.ACCESS_EVENTS, forever).settings()).containsEntry("retention.ms", "-1");
        assertThat(spec(Topic.POLICIES, forever).settings()).containsEntry(LAG, Long.toString(Long.MAX_VALUE));
    }

    @Test
    void more_replicas_in_sync_than_replicas_are_refused() {
        assertThatThrownBy(() -> spec(Topic.LEDGER, Map.of("cloverwatch.topics.replication.factor", "1")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "cloverwatch.topics.min.insync.replicas", "cloverwatch.topics.replication.factor");
    }
}
