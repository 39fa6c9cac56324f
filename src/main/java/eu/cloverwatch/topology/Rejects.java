package eu.cloverwatch.topology;

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

    private Rejects() {}

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
        return new Record<>(key, new Routed.Rejected(value), publishedAtMs, headers);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
