package eu.cloverwatch.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys of {@code topics plan} and {@code topics apply}: how topics are made, and who has which role. */
final class ConfigurationTopicKeys {

    private static final String TOPICS = ConfigurationKeys.PREFIX + "topics.";
    private static final String ACL = ConfigurationKeys.PREFIX + "acl.";

    private static final int MAX_PARTITIONS = 10_000;
    private static final int MAX_REPLICAS = 100;
    private static final String FOREVER = "forever";
    private static final String DURATION_EXPECTED = "an ISO-8601 duration from PT1S to P3650D, or `" + FOREVER + "`";

    /** The names of certificates hold commas, equals signs and blanks: so Kafka's own separator, as in {@code super.users}. */
    private static final String SEPARATOR = ";";

    private static final Pattern PRINCIPAL = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*:(?!\\*$).+");

    static final ConfigurationKey<Integer> PARTITIONS = number(
            "partitions",
            "12",
            MAX_PARTITIONS,
            "Partitions of the topics that scale, when they are made: all but gateways, policies, ledger and rejects, which have one."
                    + " With n in each, the work is 4n + 2 pieces (access events, locations twice, consents; gateways, policies),"
                    + " and more threads than that, 50 with 12, are idle.");

    static final ConfigurationKey<Integer> REPLICATION_FACTOR =
            number("replication.factor", "3", MAX_REPLICAS, "How many brokers have each record.");

    static final ConfigurationKey<Integer> MIN_INSYNC_REPLICAS = number(
            "min.insync.replicas",
            "2",
            MAX_REPLICAS,
            "How many of them must have a record before it counts as written; not more than the replication factor.");

    static final ConfigurationKey<Duration> RETENTION_INPUTS = duration(
            "retention.inputs",
            "P400D",
            "How long access events and gateway passes are kept, by their timestamps: `replay` reaches no further back.");

    static final ConfigurationKey<Duration> RETENTION_RESULTS = duration(
            "retention.results", "P1825D", "How long violations, incidents, findings and the ledger are kept.");

    static final ConfigurationKey<Duration> RETENTION_REJECTS = duration(
            "retention.rejects",
            "P90D",
            "How long rejected records are kept: raw personal data that waits for repair.");

    static final ConfigurationKey<Duration> COMPACTION_LAG = duration(
            "compaction.lag",
            "P400D",
            "How long locations, consents, gateways, policies, violations and incidents are kept after they were superseded;"
                    + " at least the history horizon. What events of an earlier time were judged by, `replay` finds no more.");

    static final ConfigurationKey<Duration> COMPACTION_LAG_CONSENTS = duration(
            "compaction.lag.consents",
            null,
            "Instead of that, for consents: shorter where an erased subject's may not be kept that long."
                    + " What rested on them cannot be replayed then.");

    private static final Map<Role, ConfigurationKey<Set<String>>> ACLS = acls();

    private ConfigurationTopicKeys() {}

    /** Who has a role. */
    static ConfigurationKey<Set<String>> acl(Role role) {
        ConfigurationKey<Set<String>> key = ACLS.get(role);
        if (key == null) {
            throw new IllegalArgumentException("no key for " + role);
        }
        return key;
    }

    /** In the order of the documentation. */
    static List<ConfigurationKey<?>> all() {
        List<ConfigurationKey<?>> keys = new ArrayList<>(List.of(
                PARTITIONS,
                REPLICATION_FACTOR,
                MIN_INSYNC_REPLICAS,
                RETENTION_INPUTS,
                RETENTION_RESULTS,
                RETENTION_REJECTS,
                COMPACTION_LAG,
                COMPACTION_LAG_CONSENTS));
        keys.addAll(ACLS.values());
        return keys;
    }

    private static ConfigurationKey<Integer> number(
            String name, String defaultValue, int greatest, String description) {
        return new ConfigurationKey<>(
                TOPICS + name,
                defaultValue,
                "a number from 1 to " + greatest,
                description,
                value -> ConfigurationKeys.check(Integer.valueOf(value), n -> n >= 1 && n <= greatest));
    }

    private static ConfigurationKey<Duration> duration(String name, @Nullable String defaultValue, String description) {
        return new ConfigurationKey<>(
                TOPICS + name,
                defaultValue,
                DURATION_EXPECTED,
                description,
                value -> value.equals(FOREVER) ? TopicsSettings.FOREVER : ConfigurationKeys.duration(value));
    }

    private static Map<Role, ConfigurationKey<Set<String>>> acls() {
        Map<Role, ConfigurationKey<Set<String>>> keys = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            keys.put(
                    role,
                    new ConfigurationKey<>(
                            ACL + role.configurationName(),
                            null,
                            "principals such as User:alice, several separated by '" + SEPARATOR
                                    + "'; not everybody (`User:*`)",
                            "Who has the role `" + role.configurationName() + "`: " + role.description() + ".",
                            ConfigurationTopicKeys::principals));
        }
        return keys;
    }

    private static Set<String> principals(String value) {
        return Arrays.stream(value.split(SEPARATOR, -1))
                .map(String::strip)
                .map(principal -> ConfigurationKeys.check(
                        principal, p -> PRINCIPAL.matcher(p).matches()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
