package eu.cloverwatch.model;

import java.time.Instant;

/**
 * Where a record was read.
 *
 * @param timestamp its Kafka timestamp
 */
public record Origin(String topic, int partition, long offset, Instant timestamp) {

    /** {@code topic-partition@offset}, for messages. */
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
