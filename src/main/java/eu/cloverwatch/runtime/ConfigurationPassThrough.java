package eu.cloverwatch.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys that go to Kafka's clients, Kafka Streams and the registry's client as they are; and those among them that
 * Cloverwatch sets itself, because its promises stand on them.
 */
final class ConfigurationPassThrough {

    static final String KAFKA = "kafka.";
    static final String STREAMS = "streams.";
    static final String SCHEMA_REGISTRY = "schema.registry.";
    static final List<String> PREFIXES = List.of(KAFKA, STREAMS, SCHEMA_REGISTRY);

    /** Kafka Streams hands keys with these prefixes to one kind of client, ahead of its own. */
    private static final List<String> CLIENT_PREFIXES =
            List.of("main.consumer.", "restore.consumer.", "global.consumer.", "consumer.", "producer.", "admin.");

    private static final String OWN_ID = "it follows from cloverwatch.application.id; set that";
    private static final String OWN_FORMAT = "the contract fixes the records' format";
    private static final String ONCE = "results and offsets are committed together, exactly once";
    private static final String LOSSLESS = "a record counts as written when all replicas in sync have it";
    private static final String ALL_RECORDS = "reading starts at the earliest record, so that none is passed over";
    private static final String BY_KEY = "records with one key must meet in one partition, whoever wrote them";
    private static final String ALL_FAULTS = "a record that fails is rejected with its reason, never skipped";
    private static final String SHAPE = "it would change the shape of the stored state";

    private static final Map<String, String> OF_CLIENTS = Map.ofEntries(
            Map.entry("group.id", OWN_ID),
            Map.entry("client.id", OWN_ID),
            Map.entry("key.serializer", OWN_FORMAT),
            Map.entry("value.serializer", OWN_FORMAT),
            Map.entry("key.deserializer", OWN_FORMAT),
            Map.entry("value.deserializer", OWN_FORMAT),
            Map.entry("enable.auto.commit", ONCE),
            Map.entry("transactional.id", ONCE),
            Map.entry("isolation.level", "only committed records are read"),
            Map.entry("enable.idempotence", LOSSLESS),
            Map.entry("acks", LOSSLESS),
            Map.entry("auto.offset.reset", ALL_RECORDS),
            Map.entry("partitioner.class", BY_KEY),
            Map.entry("partitioner.ignore.keys", BY_KEY));

    private static final Map<String, String> OF_STREAMS = Map.ofEntries(
            Map.entry("application.id", "set cloverwatch.application.id"),
            Map.entry("bootstrap.servers", "set kafka.bootstrap.servers"),
            Map.entry("state.dir", "set cloverwatch.state.dir"),
            Map.entry("processing.guarantee", ONCE),
            Map.entry("default.key.serde", OWN_FORMAT),
            Map.entry("default.value.serde", OWN_FORMAT),
            Map.entry("default.timestamp.extractor", OWN_FORMAT),
            Map.entry("default.deserialization.exception.handler", ALL_FAULTS),
            Map.entry("default.production.exception.handler", ALL_FAULTS),
            Map.entry("deserialization.exception.handler", ALL_FAULTS),
            Map.entry("processing.exception.handler", ALL_FAULTS),
            Map.entry("processing.exception.handler.global.enabled", ALL_FAULTS),
            Map.entry("production.exception.handler", ALL_FAULTS),
            Map.entry("errors.dead.letter.queue.topic.name", ALL_FAULTS),
            Map.entry("topology.optimization", SHAPE),
            Map.entry("processor.wrapper.class", SHAPE),
            Map.entry("default.dsl.store", SHAPE),
            Map.entry("dsl.store.suppliers.class", SHAPE));

    private ConfigurationPassThrough() {}

    static boolean isPassedThrough(String key) {
        return PREFIXES.stream().anyMatch(prefix -> key.startsWith(prefix) && key.length() > prefix.length());
    }

    /** Why this key must not be set; null if it may be. */
    static @Nullable String reservation(String key) {
        if (key.equals("kafka.group.instance.id")) {
            return "it would be the same in every client; set streams.group.instance.id, differently in each instance";
        }
        if (key.startsWith(KAFKA)) {
            return OF_CLIENTS.get(key.substring(KAFKA.length()));
        }
        if (!key.startsWith(STREAMS)) {
            return null;
        }
        String ofClient = withoutClientPrefix(key.substring(STREAMS.length()));
        String reason = OF_CLIENTS.get(ofClient);
        return reason != null ? reason : OF_STREAMS.get(ofClient);
    }

    /** Every reserved key with its reason, for the documentation. */
    static Map<String, String> reservations() {
        Map<String, String> all = new HashMap<>();
        OF_CLIENTS.forEach((key, reason) -> all.put(KAFKA + key, reason));
        OF_STREAMS.forEach((key, reason) -> all.put(STREAMS + key, reason));
        return all;
    }

    private static String withoutClientPrefix(String key) {
        return CLIENT_PREFIXES.stream()
                .filter(key::startsWith)
                .findFirst()
                .map(prefix -> key.substring(prefix.length()))
                .orElse(key);
    }
}
