package eu.cloverwatch.wire;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Avro records to and from Confluent's wire format: {@code 0x00}, 4-byte big-endian schema id, Avro binary; the subject is
 * {@code <topic>-value}. Safe for use by several threads.
 */
public interface RecordSerde extends AutoCloseable {

    /**
     * @throws RegistryUnavailableException if the registry does not answer, or refuses the schema
     */
    byte[] serialize(String topic, SpecificRecord record);

    /**
     * Reads a record as the schema that this version knows, whatever version wrote it.
     *
     * @param reader the schema to read as; the result is an instance of its generated class
     * @throws UnreadableRecordException if these bytes can never be read: no wire format, a schema id that the registry does
     *     not know, not the reader's kind of record, or broken Avro
     * @throws RegistryUnavailableException if the registry does not answer: the same bytes may be readable later
     */
    SpecificRecord deserialize(String topic, byte[] bytes, Schema reader);

    /** False while a call waits for a registry that cannot be reached. */
    boolean isReachable();

    @Override
    void close();
}
