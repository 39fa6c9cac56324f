package eu.cloverwatch.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.cloverwatch.wire.RegistryHttp.Answer;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A client of a schema registry with Confluent's API (Confluent, Karapace, Apicurio's ccompat, Redpanda). What the registry
 * said of a schema never changes, so it is asked once; that it knows no schema of an id is believed for half a minute. Safe
 * for use by several threads.
 *
 * <p>Every method repeats the call while the registry cannot be reached, as long as the settings say, and then throws
 * {@link RegistryUnavailableException}; refused credentials and other refusals throw it at once.
 */
public final class RegistryClient implements AutoCloseable {

    private static final Duration REFUSAL_KEPT = Duration.ofSeconds(30);
    /** Bounds the memory that a stream of random ids can take. */
    private static final int REFUSALS_KEPT = 10_000;

    private final RegistryHttp http;
    private final RegistryRetry retry;
    private final LongSupplier nanoTime;
    private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();
    private final Map<Integer, Refusal> refusals = new ConcurrentHashMap<>();
    private final Map<Registered, Integer> ids = new ConcurrentHashMap<>();

    private record Registered(String subject, Schema schema) {}

    private record Refusal(String reason, long until) {}

    public RegistryClient(RegistrySettings settings) {
        this(settings, RegistryRetry.Pace.NORMAL, System::nanoTime);
    }

    RegistryClient(RegistrySettings settings, RegistryRetry.Pace pace, LongSupplier nanoTime) {
        this.http = new RegistryHttp(settings);
        this.retry = new RegistryRetry("schema registry " + settings.urls(), settings.retryTimeout(), pace);
        this.nanoTime = nanoTime;
    }

    /**
     * Registers a schema, without what only our code generator wrote into it; the same one again is the same id.
     *
     * @throws RegistryUnavailableException also if the registry refuses it: incompatible with earlier versions, or invalid
     */
    public int register(String subject, Schema schema) {
        Registered key = new Registered(subject, schema);
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        Answer answer = call("/subjects/" + encoded(subject) + "/versions", RegistrySchemas.request(schema));
        if (!answer.isOk()) {
            throw new RegistryUnavailableException(
                    "the schema registry refuses the schema of subject " + subject + ": " + answer.reason());
        }
        int id = answer.body().path("id").asInt(-1);
        if (id < 0) {
            throw new RegistryUnavailableException("the schema registry gave no id for subject " + subject);
        }
        ids.put(key, id);
        return id;
    }

    /**
     * The schema with this id; always the same object for the same id.
     *
     * @throws UnreadableRecordException if the registry knows none, or it is not an Avro schema
     */
    public Schema schemaById(int id) {
        Schema known = byId.get(id);
        if (known != null) {
            return known;
        }
        Refusal refusal = refusals.get(id);
        if (refusal != null && nanoTime.getAsLong() - refusal.until() < 0) {
            throw new UnreadableRecordException(refusal.reason());
        }
        try {
            Schema schema = fetched(id);
            refusals.remove(id);
            Schema earlier = byId.putIfAbsent(id, schema);
            return earlier == null ? schema : earlier;
        } catch (UnreadableRecordException e) {
            refuse(id, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private Schema fetched(int id) {
        Answer answer = call("/schemas/ids/" + id, null);
        if (answer.isUnknown()) {
            throw new UnreadableRecordException("the schema registry knows no schema with id " + id);
        }
        expectOk(answer, "schema " + id);
        return RegistrySchemas.parsed("schema " + id, answer.body(), this::version);
    }

    private JsonNode version(String subject, int version) {
        Answer answer = call("/subjects/" + encoded(subject) + "/versions/" + version, null);
        if (answer.isUnknown()) {
            throw new UnreadableRecordException(
                    "the schema registry knows no version " + version + " of subject " + subject);
        }
        return expectOk(answer, "version " + version + " of subject " + subject).body();
    }

    private void refuse(int id, String reason) {
        if (refusals.size() >= REFUSALS_KEPT) {
            refusals.clear();
        }
        refusals.put(id, new Refusal(reason, nanoTime.getAsLong() + REFUSAL_KEPT.toNanos()));
    }

    /** Whether the subject's latest version, by the subject's rules, allows this one; a subject without versions does. */
    public boolean isCompatible(String subject, Schema schema) {
        Answer answer = call(
                "/compatibility/subjects/" + encoded(subject) + "/versions/latest", RegistrySchemas.request(schema));
        if (answer.isUnknown()) {
            return true;
        }
        return expectOk(answer, "compatibility of subject " + subject)
                .body()
                .path("is_compatible")
                .asBoolean();
    }

    /** The level of compatibility of subjects that set none themselves, for example {@code BACKWARD}. */
    public String compatibility() {
        return expectOk(call("/config", null), "configuration")
                .body()
                .path("compatibilityLevel")
                .asText();
    }

    /** Sets the level of compatibility of one subject, for example {@code FULL_TRANSITIVE}. */
    public void setCompatibility(String subject, String level) {
        JsonNode body = JsonNodeFactory.instance.objectNode().put("compatibility", level);
        Answer answer = retry.call(deadline -> http.send("PUT", "/config/" + encoded(subject), body, deadline));
        expectOk(answer, "configuration of subject " + subject);
    }

    private Answer call(String path, @Nullable JsonNode body) {
        String method = body == null ? "GET" : "POST";
        return retry.call(deadline -> http.send(method, path, body, deadline));
    }

    private static Answer expectOk(Answer answer, String what) {
        if (!answer.isOk()) {
            throw new RegistryUnavailableException(
                    "the schema registry refuses " + what + ": " + answer.reason() + "; see schema.registry.url");
        }
        return answer;
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, UTF_8).replace("+", "%20");
    }

    /** False while a call waits for a registry that cannot be reached. */
    public boolean isReachable() {
        return !retry.isAway();
    }

    /** Ends every call under way with {@link RegistryUnavailableException}. */
    @Override
    public void close() {
        retry.close();
        http.close();
    }
}
