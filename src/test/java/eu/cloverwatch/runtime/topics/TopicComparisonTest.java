package eu.cloverwatch.runtime.topics;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.wire.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be changed by a program: what loses no record and moves no key, and nothing else. */
class TopicComparisonTest {

    private static final Configuration DEFAULTS = Configuration.load(null, Map.of(), Map.of());

    private static TopicSpec spec(Topic topic) {
        return TopicSpec.all(DEFAULTS).stream()
                .filter(spec -> spec.topic() == topic)
                .findFirst()
                .orElseThrow();
    }

    private static List<Difference> differences(Topic topic, int partitions, int replicas, Map<String, String> other) {
        TopicSpec spec = spec(topic);
        Map<String, String> settings = new HashMap<>(spec.settings());
        settings.putAll(other);
        return new TopicComparison(spec, new ExistingTopic(partitions, replicas, settings), "b:9092").differences();
    }

    @Test
    void what_is_as_it_should_be_has_no_differences() {
        for (TopicSpec spec : TopicSpec.all(DEFAULTS)) {
            assertThat(differences(spec.topic(), spec.partitions(), spec.replicas(), Map.of()))
                    .isEmpty();
        }
        // The order of policies is nothing, and other settings are the operator's.
        assertThat(differences(
                        Topic.VIOLATIONS, 12, 3, Map.of("cleanup.policy", "delete,compact", "segment.bytes", "1")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CONSENTS, min.compaction.lag.ms", "ACCESS_EVENTS, min.insync.replicas", "VIOLATIONS, cleanup.policy"})
    void a_setting_that_the_brokers_do_not_know_is_left_and_not_taken_for_a_number(Topic topic, String setting) {
        TopicSpec spec = spec(topic);
        Map<String, String> settings = new HashMap<>(spec.settings());
        settings.remove(setting);
        List<Difference> differences =
                new TopicComparison(spec, new ExistingTopic(spec.partitions(), 3, settings), "b:9092").differences();

        assertThat(differences).singleElement().satisfies(difference -> {
            assertThat(difference.is()).isEmpty();
            assertThat(difference.isApplied()).isFalse();
            assertThat(difference.command()).contains(setting);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "ACCESS_EVENTS, retention.ms, 604800000, true",
        "ACCESS_EVENTS, retention.ms, -1, false",
        "ACCESS_EVENTS, retention.ms, 94608000000, false",
        "CONSENTS, min.compaction.lag.ms, 0, true",
        "CONSENTS, min.compaction.lag.ms, 9223372036854775807, false",
        "VIOLATIONS, max.message.bytes, 1048588, true",
        "VIOLATIONS, max.message.bytes, 99999999, false",
        "CONSENTS, cleanup.policy, 'compact,delete', true",
        "CONSENTS, cleanup.policy, delete, false",
        "VIOLATIONS, cleanup.policy, compact, false",
        "VIOLATIONS, cleanup.policy, delete, false",
        "ACCESS_EVENTS, cleanup.policy, 'compact,delete', true",
        "ACCESS_EVENTS, cleanup.policy, compact, false",
        "ACCESS_EVENTS, min.insync.replicas, 1, true",
        "ACCESS_EVENTS, min.insync.replicas, 3, false",
        "ACCESS_EVENTS, message.timestamp.type, LogAppendTime, true",
    })
    void a_setting_is_changed_only_if_no_record_can_be_lost(Topic topic, String setting, String is, boolean applied) {
        List<Difference> differences = differences(topic, spec(topic).partitions(), 3, Map.of(setting, is));

        assertThat(differences).singleElement().satisfies(difference -> {
            assertThat(difference.setting()).isEqualTo(setting);
            assertThat(difference.is()).isEqualTo(is);
            assertThat(difference.should()).isEqualTo(spec(topic).settings().get(setting));
            assertThat(difference.isApplied()).isEqualTo(applied);
            if (applied) {
                assertThat(difference.command()).isNull();
            } else {
                assertThat(difference.command()).contains("kafka-configs.sh", "b:9092", setting + "=");
            }
        });
    }

    @Test
    void more_replicas_in_sync_than_there_are_would_stop_all_writing() {
        assertThat(differences(Topic.LEDGER, 1, 1, Map.of("min.insync.replicas", "1")))
                .filteredOn(difference -> difference.setting().equals("min.insync.replicas"))
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.isApplied()).isFalse();
                    assertThat(difference.command()).isNull();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "ACCESS_EVENTS, 4",
        "ACCESS_EVENTS, 24",
        "CONSENTS, 4",
        "EMPLOYEE_LOCATIONS, 24",
        "POLICIES, 2",
        "VIOLATIONS, 4",
    })
    void partitions_are_never_changed(Topic topic, int partitions) {
        assertThat(differences(topic, partitions, 3, Map.of())).singleElement().satisfies(difference -> {
            assertThat(difference.setting()).isEqualTo("partitions");
            assertThat(difference.isApplied()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({"1", "5"})
    void replicas_are_never_changed(int replicas) {
        assertThat(differences(Topic.CONSENTS, 12, replicas, Map.of("min.insync.replicas", "2")))
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.setting()).isEqualTo("replication.factor");
                    assertThat(difference.isApplied()).isFalse();
                    assertThat(difference.command()).contains("kafka-reassign-partitions.sh");
                });
    }
}
