package eu.cloverwatch.runtime;

import eu.cloverwatch.model.Origin;
import eu.cloverwatch.topology.Rejects;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record of the rejects topic. Key and value are raw personal data, all else is not.
 *
 * @param place where it is; its timestamp is when it was rejected
 * @param origin where it was read
 * @param key as it came
 * @param value as it came; null for a tombstone, and where it was too large to be copied
 * @param omittedBytes size of a value that was too large to be copied; 0 if it was not
 */
public record RejectedRecord(
        Origin place, Origin origin, String reason, byte @Nullable [] key, byte @Nullable [] value, long omittedBytes) {

    /** Empty if the headers are not those that the monitor writes: somebody else wrote it. */
    public static Optional<RejectedRecord> of(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        String reason = text(headers, Rejects.REASON);
        String topic = text(headers, Rejects.TOPIC);
        if (reason == null || topic == null) {
            return Optional.empty();
        }
        try {
            String omitted = text(headers, Rejects.OMITTED_BYTES);
            return Optional.of(new RejectedRecord(
                    place(record),
                    new Origin(
                            topic,
                            Integer.parseInt(String.valueOf(text(headers, Rejects.PARTITION))),
                            Long.parseLong(String.valueOf(text(headers, Rejects.OFFSET))),
                            Instant.parse(String.valueOf(text(headers, Rejects.TIMESTAMP)))),
                    reason,
                    record.key(),
                    record.value(),
                    omitted == null ? 0 : Long.parseLong(omitted)));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Origin place(ConsumerRecord<?, ?> record) {
        return new Origin(
                record.topic(), record.partition(), record.offset(), Instant.ofEpochMilli(record.timestamp()));
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Of key and value, as they were at the origin. */
    public long bytes() {
        return (key == null ? 0L : key.length) + (value == null ? omittedBytes : value.length);
    }

    /** Where and why; not what. */
    @Override
    public String toString() {
        return place + " of " + origin + ": " + reason;
    }
}
