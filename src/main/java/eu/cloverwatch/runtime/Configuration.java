package eu.cloverwatch.runtime;

import eu.cloverwatch.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configuration: defaults, then a {@code .properties} file, then the environment, then flags; the later wins. Keys that
 * start with {@code kafka.}, {@code streams.} or {@code schema.registry.} are passed through, those that start with
 * {@code cloverwatch.} are ours, and there are no others. Every value of ours is valid once this object exists. See
 * docs/configuration.md.
 */
public final class Configuration {

    private static final String BOOTSTRAP_SERVERS = ConfigurationPassThrough.KAFKA + "bootstrap.servers";

    private static final String HOST_PORTS_EXPECTED = "host:port, several separated by commas";
    private static final Pattern HOST_PORTS = Pattern.compile("\\s*[^\\s,]+:\\d{1,5}(\\s*,\\s*[^\\s,]+:\\d{1,5})*\\s*");

    private final SortedMap<String, ConfigurationSetting> settings;
    private final Map<String, String> values;

    private Configuration(SortedMap<String, ConfigurationSetting> settings, Map<String, String> values) {
        this.settings = settings;
        this.values = values;
    }

    /**
     * Reads and checks all three sources, and the files that values refer to.
     *
     * @param file a {@code .properties} file in UTF-8; null if there is none
     * @param environment all variables; only those starting {@code CLOVERWATCH_} are looked at
     * @param flags by key, for example {@code cloverwatch.http.port}
     * @throws ConfigurationException if a key is unknown or must not be set, or a value is not valid or cannot be read
     */
    public static Configuration load(@Nullable Path file, Map<String, String> environment, Map<String, String> flags) {
        SortedMap<String, ConfigurationSetting> settings = new TreeMap<>();
        if (file != null) {
            ConfigurationFile.read(file).forEach(setting -> add(setting, settings));
        }
        ConfigurationEnvironment.read(environment).forEach(setting -> add(setting, settings));
        new TreeMap<>(flags)
                .forEach((key, value) -> add(new ConfigurationSetting(key, value, "command line"), settings));
        Map<String, String> values = new HashMap<>();
        settings.forEach((key, setting) -> values.put(key, ConfigurationSecrets.resolve(setting)));
        Configuration configuration = new Configuration(settings, values);
        ConfigurationKeys.all().forEach(configuration::find);
        configuration.checkBootstrapServers();
        configuration.checkTopicNamesDiffer();
        return configuration;
    }

    /** All keys that start {@code cloverwatch.}, for the documentation. */
    public static List<ConfigurationKey<?>> knownKeys() {
        return ConfigurationKeys.all();
    }

    /** The keys that start {@code kafka.} or {@code streams.} and must not be set, each with the reason. */
    public static SortedMap<String, String> reservedKeys() {
        return new TreeMap<>(ConfigurationPassThrough.reservations());
    }

    /** The consumer group, and the start of the names of internal topics. */
    public String applicationId() {
        return get(ConfigurationKeys.APPLICATION_ID_KEY);
    }

    /** What this topic is called in the cluster; no two are called the same. */
    public String topicName(Topic topic) {
        return find(ConfigurationKeys.topic(topic)).orElseGet(() -> topicsPrefix() + topic.baseName());
    }

    /** What the topics' names start with, unless one has a name of its own. */
    public String topicsPrefix() {
        return get(ConfigurationKeys.TOPICS_PREFIX);
    }

    /** How the topics are made. */
    public TopicsSettings topics() {
        Duration lag = get(ConfigurationTopicKeys.COMPACTION_LAG);
        Duration kept = lag.compareTo(historyHorizon()) < 0 ? historyHorizon() : lag;
        return new TopicsSettings(
                get(ConfigurationTopicKeys.PARTITIONS),
                get(ConfigurationTopicKeys.REPLICATION_FACTOR),
                get(ConfigurationTopicKeys.MIN_INSYNC_REPLICAS),
                get(ConfigurationTopicKeys.RETENTION_INPUTS),
                get(ConfigurationTopicKeys.RETENTION_RESULTS),
                get(ConfigurationTopicKeys.RETENTION_REJECTS),
                kept,
                find(ConfigurationTopicKeys.COMPACTION_LAG_CONSENTS).orElse(kept));
    }

    /** Who has this role, as Kafka calls principals: {@code User:name}; empty if nobody is named. */
    public Set<String> principals(Role role) {
        return find(ConfigurationTopicKeys.acl(role)).orElse(Set.of());
    }

    /** How far back in event time late facts are applied; PT1S to P3650D. */
    public Duration lookback() {
        return get(ConfigurationKeys.LOOKBACK);
    }

    /** How long superseded facts are kept; never less than the look-back. */
    public Duration historyHorizon() {
        Duration horizon = get(ConfigurationKeys.HISTORY_HORIZON);
        return horizon.compareTo(lookback()) < 0 ? lookback() : horizon;
    }

    /** Epochs of the ledger end at multiples of this offset; 1 to 10,000,000. */
    public int epochRecords() {
        return get(ConfigurationKeys.EPOCH_RECORDS);
    }

    /** Violations of one actor with no longer time between them are one incident; PT1S to P3650D. */
    public Duration incidentGap() {
        return get(ConfigurationKeys.INCIDENT_GAP);
    }

    /** After this time without a record, an open epoch is published as a partial one; PT1S to P3650D. */
    public Duration ledgerIdle() {
        return get(ConfigurationKeys.LEDGER_IDLE);
    }

    /** How long records may be without outcome before the monitor says that it is blind to them; PT1S to P3650D. */
    public Duration ledgerOverdue() {
        return get(ConfigurationKeys.LEDGER_OVERDUE);
    }

    /** Where state is kept; it need not exist yet. */
    public Path stateDir() {
        return get(ConfigurationKeys.STATE_DIR);
    }

    /** Bytes outside the heap that all stores of the process share; 32 MiB to 1 TiB. */
    public long rocksDbMemory() {
        return get(ConfigurationKeys.ROCKSDB_MEMORY);
    }

    /** The address to listen on. */
    public String httpHost() {
        return get(ConfigurationKeys.HTTP_HOST);
    }

    /** The port to listen on; 0 is any free one. */
    public int httpPort() {
        return get(ConfigurationKeys.HTTP_PORT);
    }

    /** Goes before each pseudonym; contains no colon. */
    public String pseudonymKeyId() {
        return get(ConfigurationKeys.PSEUDONYM_KEY_ID);
    }

    /** The key of HMAC-SHA-256 for pseudonyms, 32 bytes or more; empty if not set. */
    public Optional<byte[]> pseudonymKey() {
        return find(ConfigurationKeys.PSEUDONYM_KEY);
    }

    /**
     * The key of HMAC-SHA-256 for pseudonyms, 32 bytes or more.
     *
     * @throws ConfigurationException if it is not set
     */
    public byte[] requirePseudonymKey() {
        return pseudonymKey()
                .orElseThrow(() -> missing(ConfigurationKeys.PSEUDONYM_KEY.name(), "at least 32 bytes in base64"));
    }

    /**
     * Where the cluster is: {@code host:port}, several separated by commas.
     *
     * @throws ConfigurationException if it is not set
     */
    public String requireBootstrapServers() {
        String servers = values.getOrDefault(BOOTSTRAP_SERVERS, "");
        if (servers.isBlank()) {
            throw missing(BOOTSTRAP_SERVERS, HOST_PORTS_EXPECTED);
        }
        return servers;
    }

    /** For every Kafka client: the keys without {@code kafka.}. */
    public Map<String, String> kafka() {
        return passedThrough(ConfigurationPassThrough.KAFKA, true);
    }

    /** For Kafka Streams, on top of {@link #kafka()}: the keys without {@code streams.}. */
    public Map<String, String> streams() {
        return passedThrough(ConfigurationPassThrough.STREAMS, true);
    }

    /** For the registry's client: the keys with {@code schema.registry.}, as that client calls them. */
    public Map<String, String> schemaRegistry() {
        return passedThrough(ConfigurationPassThrough.SCHEMA_REGISTRY, false);
    }

    /** Every setting in force, defaults included, for printing: what is or could be a secret is hidden. */
    public SortedMap<String, String> effective() {
        SortedMap<String, String> effective = new TreeMap<>();
        for (ConfigurationKey<?> key : knownKeys()) {
            if (key.defaultValue() != null) {
                effective.put(key.name(), key.defaultValue());
            }
        }
        for (Topic topic : Topic.values()) {
            effective.put(ConfigurationKeys.topic(topic).name(), topicName(topic));
        }
        settings.forEach((key, setting) -> effective.put(key, ConfigurationSecrets.printable(setting)));
        return Collections.unmodifiableSortedMap(effective);
    }

    /** The keys that are set, and where; no values. */
    @Override
    public String toString() {
        return "Configuration" + settings.values();
    }

    private static void add(ConfigurationSetting setting, Map<String, ConfigurationSetting> settings) {
        String key = setting.key();
        if (!ConfigurationPassThrough.isPassedThrough(key) && ConfigurationKeys.find(key) == null) {
            throw ConfigurationSuggestion.unknown(setting);
        }
        String reservation = ConfigurationPassThrough.reservation(key);
        if (reservation != null) {
            throw setting.error(key + " must not be set: " + reservation);
        }
        settings.put(key, setting);
    }

    private <T> T get(ConfigurationKey<T> key) {
        return find(key).orElseThrow(() -> new IllegalStateException(key + " has no default"));
    }

    private <T> Optional<T> find(ConfigurationKey<T> key) {
        String value = values.getOrDefault(key.name(), key.defaultValue());
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(key.parser().apply(value));
        } catch (RuntimeException e) {
            // Without the cause: its message repeats the value.
            throw invalid(key);
        }
    }

    private ConfigurationException invalid(ConfigurationKey<?> key) {
        ConfigurationSetting setting = settings.get(key.name());
        if (setting == null) {
            throw new IllegalStateException("the default of " + key + " is not valid");
        }
        return setting.error(
                key + ": expected " + key.expected() + ", got '" + ConfigurationSecrets.printable(setting) + "'");
    }

    private void checkBootstrapServers() {
        ConfigurationSetting setting = settings.get(BOOTSTRAP_SERVERS);
        if (setting != null && !HOST_PORTS.matcher(requireBootstrapServers()).matches()) {
            throw setting.error(BOOTSTRAP_SERVERS + ": expected " + HOST_PORTS_EXPECTED + ", got '"
                    + ConfigurationSecrets.printable(setting) + "'");
        }
    }

    private void checkTopicNamesDiffer() {
        Map<String, Topic> byName = new HashMap<>();
        for (Topic topic : Topic.values()) {
            Topic other = byName.putIfAbsent(topicName(topic), topic);
            if (other != null) {
                throw new ConfigurationException(
                        ConfigurationKeys.topic(other) + " and " + ConfigurationKeys.topic(topic)
                                + ": expected different topics, got '" + topicName(topic) + "' for both");
            }
        }
    }

    private static ConfigurationException missing(String key, String expected) {
        return new ConfigurationException(key + " is not set: expected " + expected
                + "; set it in the configuration file or as " + ConfigurationEnvironment.variable(key));
    }

    private Map<String, String> passedThrough(String prefix, boolean stripped) {
        Map<String, String> passed = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                passed.put(stripped ? key.substring(prefix.length()) : key, value);
            }
        });
        return Collections.unmodifiableMap(passed);
    }
}
