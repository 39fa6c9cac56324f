package eu.cloverwatch.runtime.topics;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a topic differs from what it should be, and which of that may be changed by a program: what loses no record and moves no
 * key. The rest is the operator's to decide.
 */
final class TopicComparison {

    private static final String TOO_FEW_REPLICAS = "there are not so many replicas: nothing could be written";
    private static final String NOT_SAID = "the brokers do not say what it is";
    private static final String DOCUMENTED = "docs/operations.md, Topics, says how";

    private final TopicSpec spec;
    private final ExistingTopic existing;
    private final String bootstrapServers;

    TopicComparison(TopicSpec spec, ExistingTopic existing, String bootstrapServers) {
        this.spec = spec;
        this.existing = existing;
        this.bootstrapServers = bootstrapServers;
    }

    List<Difference> differences() {
        List<Difference> differences = new ArrayList<>();
        if (existing.partitions() != spec.partitions()) {
            differences.add(partitions());
        }
        if (existing.replicas() != spec.replicas()) {
            differences.add(replicas());
        }
        spec.settings().forEach((setting, should) -> {
            String is = existing.settings().getOrDefault(setting, "");
            if (!isSame(setting, is, should)) {
                String reason = reasonToLeave(setting, is, should);
                differences.add(new Difference(setting, is, should, reason, command(setting, should, reason)));
            }
        });
        return differences;
    }

    private Difference partitions() {
        boolean fewer = existing.partitions() < spec.partitions();
        String reason = switch (spec.topic()) {
            case EMPLOYEE_LOCATIONS, CONSENTS ->
                "events would look for their facts in other partitions; it cannot be changed any more";
            case POLICIES -> "all policies must be in one partition, and Kafka takes none away";
            case ACCESS_EVENTS -> fewer ? "keys would move; " + DOCUMENTED : "Kafka takes no partition away";
            default -> fewer ? "keys would move to other partitions" : "Kafka takes no partition away";
        };
        String command = reason.endsWith("other partitions")
                ? "kafka-topics.sh --bootstrap-server " + bootstrapServers + " --alter --topic " + spec.name()
                        + " --partitions " + spec.partitions()
                : null;
        return difference("partitions", existing.partitions(), spec.partitions(), reason, command);
    }

    private Difference replicas() {
        boolean fewer = existing.replicas() < spec.replicas();
        return difference(
                "replication.factor",
                existing.replicas(),
                spec.replicas(),
                fewer ? "every partition must be reassigned" : "copies would be removed",
                "kafka-reassign-partitions.sh --bootstrap-server " + bootstrapServers
                        + " --generate --topics-to-move-json-file FILE --broker-list IDS, edit the replicas, then --execute");
    }

    private static Difference difference(String setting, int is, int should, String reason, @Nullable String command) {
        return new Difference(setting, Integer.toString(is), Integer.toString(should), reason, command);
    }

    private static boolean isSame(String setting, String is, String should) {
        return setting.equals(CLEANUP_POLICY_CONFIG) ? policies(is).equals(policies(should)) : is.equals(should);
    }

    private @Nullable String reasonToLeave(String setting, String is, String should) {
        if (is.isEmpty()) {
            return NOT_SAID;
        }
        return switch (setting) {
            case RETENTION_MS_CONFIG -> limit(should) < limit(is) ? "records would be deleted sooner" : null;
            case MIN_COMPACTION_LAG_MS_CONFIG ->
                limit(should) < limit(is) ? "what was superseded would be compacted away sooner" : null;
            case MAX_MESSAGE_BYTES_CONFIG ->
                limit(should) < limit(is) ? "records that are taken now would be refused" : null;
            case MIN_IN_SYNC_REPLICAS_CONFIG -> reasonAgainstReplicasInSync(is, should);
            case CLEANUP_POLICY_CONFIG ->
                policies(is).containsAll(policies(should))
                        ? null
                        : "records that are kept now would be removed by " + added(is, should);
            default -> null;
        };
    }

    private @Nullable String reasonAgainstReplicasInSync(String is, String should) {
        if (Integer.parseInt(should) > existing.replicas()) {
            return TOO_FEW_REPLICAS;
        }
        return Integer.parseInt(should) < Integer.parseInt(is)
                ? "a record would count as written when fewer brokers have it"
                : null;
    }

    private static Set<String> policies(String value) {
        Set<String> policies = new TreeSet<>();
        Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(p -> !p.isEmpty())
                .forEach(policies::add);
        return policies;
    }

    private static String added(String is, String should) {
        Set<String> added = policies(should);
        added.removeAll(policies(is));
        return String.join(",", added);
    }

    /** Of time or bytes. Kafka writes "without limit" as -1, or as the greatest number there is. */
    private static long limit(String value) {
        long limit = Long.parseLong(value);
        return limit < 0 ? Long.MAX_VALUE : limit;
    }

    /** None for what needs none, or would do harm. */
    private @Nullable String command(String setting, String should, @Nullable String reason) {
        if (reason == null || reason.equals(TOO_FEW_REPLICAS)) {
            return null;
        }
        return "kafka-configs.sh --bootstrap-server " + bootstrapServers
                + " --alter --entity-type topics --entity-name "
                + spec.name() + " --add-config '" + setting + "="
                + (should.contains(",") ? "[" + should + "]" : should) + "'";
    }
}
