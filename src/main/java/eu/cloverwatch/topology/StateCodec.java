package eu.cloverwatch.topology;

import eu.cloverwatch.wire.AvroBytes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Records in state stores and internal topics: one byte that names the format, then Avro binary. Format 1 is the schemas in
 * {@code schemas/internal} of version 0.1; a change of these schemas is a new format, and the old ones stay readable.
 */
final class StateCodec<T extends SpecificRecord> implements Serde<T>, Serializer<T>, Deserializer<T> {

    private static final byte FORMAT = 1;

    private final Schema schema;
    private final Class<T> type;

    StateCodec(Schema schema, Class<T> type) {
        this.schema = schema;
        this.type = type;
    }

    @Override
    public byte[] serialize(String topic, T record) {
        byte[] avro = AvroBytes.write(record);
        byte[] bytes = new byte[avro.length + 1];
        bytes[0] = FORMAT;
        System.arraycopy(avro, 0, bytes, 1, avro.length);
        return bytes;
    }

    @Override
    public T deserialize(String topic, byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != FORMAT) {
            throw new IllegalStateException("state in " + topic
                    + " has a format that this version does not know; run the version that wrote it");
        }
        return AvroBytes.read(bytes, 1, schema, type);
    }

    @Override
    public Serializer<T> serializer() {
        return this;
    }

    @Override
    public Deserializer<T> deserializer() {
        return this;
    }

    @Override
    public void configure(java.util.Map<String, ?> configs, boolean isKey) {}

    @Override
    public void close() {}
}
