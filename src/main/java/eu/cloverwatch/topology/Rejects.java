package eu.cloverwatch.topology;

import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Origin;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Records that cannot be used go to the rejects topic as they came. The headers, all UTF-8 text, say why and whence; they
 * hold no personal data.
 */
public final class Rejects {

    /** Why, for a person: the field and what was expected of it. */
    public static final String REASON = "cloverwatch.reject.reason";

    public static final String TOPIC = "cloverwatch.origin.topic";
    public static final String PARTITION = "cloverwatch.origin.partition";
    public static final String OFFSET = "cloverwatch.origin.offset";

    /** Kafka timestamp of the record, ISO-8601. */
    public static final String TIMESTAMP = "cloverwatch.origin.timestamp";

    /** Size of a value that is too large to be copied; it is to be had at its origin. */
    public static final String OMITTED_BYTES = "cloverwatch.reject.omitted.bytes";

    /** Key and value. What Kafka allows by default; a violation may repeat an event's words some times over. */
    static final int MAX_BYTES = 1 << 20;

    private Rejects() {}

    /**
     * Refuses a record that could not be passed on: the producer would fail on it, and again after every restart.
     *
     * @throws eu.cloverwatch.model.InvalidRecordException if it is too large
     */
    static void refuseTooLarge(byte @Nullable [] key, byte @Nullable [] value) {
        if (isTooLarge(key, value)) {
            throw new InvalidRecordException("record", "at most " + MAX_BYTES + " bytes");
        }
    }

    private static boolean isTooLarge(byte @Nullable [] key, byte @Nullable [] value) {
        return (key == null ? 0L : key.length) + (value == null ? 0L : value.length) > MAX_BYTES;
    }

    /** @param publishedAtMs wall clock; the origin's timestamp may be older than the rejects are kept */
    static Record<byte[], Routed> of(
            byte @Nullable [] key,
            byte @Nullable [] value,
            Origin origin,
            @Nullable String reason,
            long publishedAtMs) {
        Headers headers = new RecordHeaders();
        add(headers, REASON, reason == null ? "unknown" : reason);
        add(headers, TOPIC, origin.topic());
        add(headers, PARTITION, Integer.toString(origin.partition()));
        add(headers, OFFSET, Long.toString(origin.offset()));
        add(headers, TIMESTAMP, origin.timestamp().toString());
        byte[] copy = value;
        if (value != null && isTooLarge(key, value)) {
            add(headers, OMITTED_BYTES, Integer.toString(value.length));
            copy = null;
        }
        return new Record<>(key, new Routed.Rejected(copy), publishedAtMs, headers);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
