package eu.cloverwatch.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;

/**
 * Our own implementation of Confluent's wire format. A schema is registered once, at the first record, and fetched once. A
 * record is unreadable also if bytes follow it, or if its writer's schema is not, as a whole, compatible with the reader's.
 */
public final class ConfluentWireSerde implements RecordSerde {

    private final RegistryClient registry;
    private final Map<Written, byte[]> headers = new ConcurrentHashMap<>();
    private final ThreadLocal<AvroBinary> avro = ThreadLocal.withInitial(AvroBinary::new);

    private record Written(String topic, Schema schema) {}

    /**
     * @param registry closed with this
     */
    public ConfluentWireSerde(RegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public byte[] serialize(String topic, SpecificRecord record) {
        return write(topic, record);
    }

    /** Any record, also one without a generated class. */
    byte[] write(String topic, IndexedRecord record) {
        return avro.get().write(header(new Written(topic, record.getSchema())), record);
    }

    private byte[] header(Written written) {
        byte[] known = headers.get(written);
        if (known != null) {
            return known;
        }
        // Outside the map: a call may wait for the registry, and nobody else shall wait for the map.
        int id = registry.register(written.topic() + "-value", written.schema());
        byte[] header = ConfluentWireFormat.header(id);
        headers.put(written, header);
        return header;
    }

    @Override
    public SpecificRecord deserialize(String topic, byte[] bytes, Schema reader) {
        return (SpecificRecord) read(bytes, reader);
    }

    /** As a generic record where the reader's schema has no generated class. */
    IndexedRecord read(byte[] bytes, Schema reader) {
        int id = ConfluentWireFormat.schemaId(bytes);
        Schema writer = registry.schemaById(id);
        return avro.get().read(bytes, ConfluentWireFormat.HEADER_LENGTH, id, writer, reader);
    }

    @Override
    public boolean isReachable() {
        return registry.isReachable();
    }

    @Override
    public void close() {
        registry.close();
    }
}
