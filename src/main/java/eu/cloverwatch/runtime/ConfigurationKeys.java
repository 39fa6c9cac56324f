package eu.cloverwatch.runtime;

import eu.cloverwatch.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys that start with {@code cloverwatch.}; there are no others. */
final class ConfigurationKeys {

    static final String PREFIX = "cloverwatch.";

    /** A key shorter than the digest of HMAC-SHA-256 weakens it (RFC 2104, section 3). */
    private static final int PSEUDONYM_KEY_BYTES = 32;

    private static final int MAX_EPOCH_RECORDS = 10_000_000;
    private static final long MIN_MEMORY = 32L << 20;
    private static final long MAX_MEMORY = 1L << 40;
    private static final Duration MIN_DURATION = Duration.ofSeconds(1);
    private static final Duration MAX_DURATION = Duration.ofDays(3650);

    /** Kafka's rule for topic names; application ids follow it, too, as they begin the names of internal topics. */
    private static final Pattern TOPIC_NAME = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

    private static final Pattern TOPIC_PREFIX = Pattern.compile("[a-zA-Z0-9._-]{0,200}");
    private static final Pattern APPLICATION_ID = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,100}");
    private static final Pattern KEY_ID = Pattern.compile("[a-zA-Z0-9._-]{1,64}");
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,6})(MiB|GiB)");
    private static final Pattern HOST = Pattern.compile("[a-zA-Z0-9._-]+|[0-9a-fA-F:.]+(%[a-zA-Z0-9._-]+)?");

    static final ConfigurationKey<String> APPLICATION_ID_KEY = new ConfigurationKey<>(
            PREFIX + "application.id",
            "cloverwatch",
            "1 to 100 letters, digits, '.', '_' or '-'",
            "The monitor's name in the cluster: its consumer group, and the start of its internal topics' names."
                    + " Instances with the same one share the work; a new one starts from the beginning.",
            matching(APPLICATION_ID));

    static final ConfigurationKey<Duration> LOOKBACK = new ConfigurationKey<>(
            PREFIX + "lookback",
            "P7D",
            "an ISO-8601 duration from PT1S to P3650D, such as P7D",
            "How far back in event time late facts are applied and repeated events are recognised.",
            ConfigurationKeys::duration);

    static final ConfigurationKey<Duration> HISTORY_HORIZON = new ConfigurationKey<>(
            PREFIX + "history.horizon",
            "P90D",
            "an ISO-8601 duration from PT1S to P3650D",
            "How long the state keeps what was superseded, and who was erased or has left; not less than the look-back."
                    + " Events from before that are UNDECIDABLE, HISTORY_EXPIRED.",
            ConfigurationKeys::duration);

    static final ConfigurationKey<Integer> EPOCH_RECORDS = new ConfigurationKey<>(
            PREFIX + "ledger.epoch-records",
            "10000",
            "a number from 1 to 10000000",
            "Epochs of the ledger end at multiples of this offset. A new value is used after the epochs that are open.",
            value -> check(Integer.valueOf(value), n -> n >= 1 && n <= MAX_EPOCH_RECORDS));

    static final ConfigurationKey<Duration> LEDGER_IDLE = new ConfigurationKey<>(
            PREFIX + "ledger.idle",
            "PT5M",
            "an ISO-8601 duration from PT1S to P3650D",
            "After this time without a record, a partition's open epoch is published as a partial one.",
            ConfigurationKeys::duration);

    static final ConfigurationKey<Duration> LEDGER_OVERDUE = new ConfigurationKey<>(
            PREFIX + "ledger.overdue",
            "PT10M",
            "an ISO-8601 duration from PT1S to P3650D",
            "When records that were read have no outcome for so long, a warning says that the monitor is blind to them.",
            ConfigurationKeys::duration);

    static final ConfigurationKey<Duration> INCIDENT_GAP = new ConfigurationKey<>(
            PREFIX + "incident.gap",
            "PT30M",
            "an ISO-8601 duration from PT1S to P3650D",
            "Violations of one actor with no longer time between them are one incident."
                    + " Changed later, it cuts anew where violations come or go; the others stay as they are.",
            ConfigurationKeys::duration);

    static final ConfigurationKey<Path> STATE_DIR = new ConfigurationKey<>(
            PREFIX + "state.dir",
            "/var/lib/cloverwatch",
            "a directory",
            "Where state is kept. Lost state is restored from the cluster, which takes time.",
            value -> Path.of(check(value, v -> !v.isEmpty())));

    static final ConfigurationKey<Long> ROCKSDB_MEMORY = new ConfigurationKey<>(
            PREFIX + "rocksdb.memory",
            "256MiB",
            "a size from 32MiB to 1024GiB, in MiB or GiB",
            "Memory outside the heap that all stores of the process share: caches, and up to half of it for what is not on disk yet.",
            ConfigurationKeys::bytes);

    static final ConfigurationKey<String> HTTP_HOST = new ConfigurationKey<>(
            PREFIX + "http.host",
            "127.0.0.1",
            "a host name or address without port",
            "The address that health and metrics listen on; `0.0.0.0` is every one.",
            matching(HOST));

    static final ConfigurationKey<Integer> HTTP_PORT = new ConfigurationKey<>(
            PREFIX + "http.port",
            "8080",
            "a port from 0 to 65535",
            "The port that health and metrics listen on; 0 is any free one.",
            value -> check(Integer.valueOf(value), port -> port >= 0 && port <= 65535));

    static final ConfigurationKey<String> PSEUDONYM_KEY_ID = new ConfigurationKey<>(
            PREFIX + "pseudonym.key.id",
            "k1",
            "1 to 64 letters, digits, '.', '_' or '-'",
            "Names the key in each pseudonym. A new key needs a new id.",
            matching(KEY_ID));

    static final ConfigurationKey<byte[]> PSEUDONYM_KEY = new ConfigurationKey<>(
            PREFIX + "pseudonym.key",
            null,
            "at least 32 bytes in base64, on one line",
            "The secret that turns subject ids into pseudonyms (HMAC-SHA-256). Needed by `run`, `replay` and `verify`."
                    + " Make one with `openssl rand -base64 32`.",
            value -> check(Base64.getDecoder().decode(value), key -> key.length >= PSEUDONYM_KEY_BYTES));

    static final ConfigurationKey<String> TOPICS_PREFIX = new ConfigurationKey<>(
            PREFIX + "topics.prefix",
            Topic.DEFAULT_PREFIX,
            "at most 200 letters, digits, '.', '_' or '-'",
            "The start of the topics' names.",
            matching(TOPIC_PREFIX));

    private static final Map<Topic, ConfigurationKey<String>> TOPICS = topics();

    private ConfigurationKeys() {}

    /** The key that overrides the name of one topic. */
    static ConfigurationKey<String> topic(Topic topic) {
        ConfigurationKey<String> key = TOPICS.get(topic);
        if (key == null) {
            throw new IllegalArgumentException("no key for " + topic);
        }
        return key;
    }

    /** In the order of the documentation. */
    static List<ConfigurationKey<?>> all() {
        List<ConfigurationKey<?>> keys = new ArrayList<>(List.of(
                APPLICATION_ID_KEY,
                LOOKBACK,
                HISTORY_HORIZON,
                EPOCH_RECORDS,
                LEDGER_IDLE,
                LEDGER_OVERDUE,
                INCIDENT_GAP,
                STATE_DIR,
                ROCKSDB_MEMORY,
                HTTP_HOST,
                HTTP_PORT,
                PSEUDONYM_KEY_ID,
                PSEUDONYM_KEY,
                TOPICS_PREFIX));
        keys.addAll(TOPICS.values());
        keys.addAll(ConfigurationTopicKeys.all());
        return List.copyOf(keys);
    }

    static @Nullable ConfigurationKey<?> find(String name) {
        return all().stream().filter(key -> key.name().equals(name)).findFirst().orElse(null);
    }

    /** The contract's version is part of what a name stands for, not of the key: the key outlives a new version. */
    private static Map<Topic, ConfigurationKey<String>> topics() {
        Map<Topic, ConfigurationKey<String>> keys = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            keys.put(
                    topic,
                    new ConfigurationKey<>(
                            PREFIX + "topic." + topic.shortName(),
                            null,
                            "a topic name: 1 to 249 letters, digits, '.', '_' or '-'",
                            "The whole name of this topic, instead of the prefix and `" + topic.baseName() + "`.",
                            matching(TOPIC_NAME)));
        }
        return keys;
    }

    private static Function<String, String> matching(Pattern pattern) {
        return value -> check(value, v -> pattern.matcher(v).matches());
    }

    static Duration duration(String value) {
        return check(Duration.parse(value), d -> d.compareTo(MIN_DURATION) >= 0 && d.compareTo(MAX_DURATION) <= 0);
    }

    private static long bytes(String value) {
        Matcher size = SIZE.matcher(value);
        check(size, Matcher::matches);
        long bytes = Long.parseLong(size.group(1)) << (size.group(2).equals("GiB") ? 30 : 20);
        return check(bytes, b -> b >= MIN_MEMORY && b <= MAX_MEMORY);
    }

    static <T> T check(T value, Predicate<T> valid) {
        if (!valid.test(value)) {
            throw new IllegalArgumentException();
        }
        return value;
    }
}
