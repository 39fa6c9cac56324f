package eu.cloverwatch.audit.replay;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Comparator;

/**
 * An event that policy and location do not settle, as it is in its topic.
 *
 * @param arrival the greatest timestamp that its partition had reached with it
 * @param streamTime the greatest event time that its partition had reached with it
 * @param value in the wire format
 */
record Candidate(int partition, long offset, Instant timestamp, Instant arrival, Instant streamTime, byte[] value) {

    /** Within a partition by offset; across partitions as good an order of arrival as there is. */
    static final Comparator<Candidate> ORDER = Comparator.comparing(Candidate::arrival)
            .thenComparingInt(Candidate::partition)
            .thenComparingLong(Candidate::offset);

    private static final int HEADER = Integer.BYTES + 4 * Long.BYTES;

    byte[] toBytes() {
        return ByteBuffer.allocate(HEADER + value.length)
                .putInt(partition)
                .putLong(offset)
                .putLong(timestamp.toEpochMilli())
                .putLong(arrival.toEpochMilli())
                .putLong(streamTime.toEpochMilli())
                .put(value)
                .array();
    }

    static Candidate of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int partition = in.getInt();
        long offset = in.getLong();
        Instant timestamp = Instant.ofEpochMilli(in.getLong());
        Instant arrival = Instant.ofEpochMilli(in.getLong());
        Instant streamTime = Instant.ofEpochMilli(in.getLong());
        byte[] value = new byte[in.remaining()];
        in.get(value);
        return new Candidate(partition, offset, timestamp, arrival, streamTime, value);
    }
}
