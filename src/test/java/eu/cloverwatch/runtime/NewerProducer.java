package eu.cloverwatch.runtime;

import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.AvroBytes;
import eu.cloverwatch.wire.RegistryClient;
import eu.cloverwatch.wire.RegistrySettings;
import eu.cloverwatch.wire.Topic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * A producer that is a version ahead: its schema has a field more, at the end, of which the monitor learns only when it asks
 * the registry.
 */
final class NewerProducer {

    private static final byte[] NO_NOTE = {0};

    private final Deployment deployment;
    private final int schemaId;

    /** Registers the schema at this registry. */
    NewerProducer(Deployment deployment, Topic topic, String registryUrl) {
        this.deployment = deployment;
        try (RegistryClient registry =
                new RegistryClient(RegistrySettings.from(Map.of("schema.registry.url", registryUrl)))) {
            this.schemaId = registry.register(
                    deployment.topic(topic) + "-value", newer(topic.schema().orElseThrow()));
        }
    }

    void publish(Arrival arrival) {
        SpecificRecord record = ((Arrival.Value) arrival.payload()).record();
        byte[] avro = AvroBytes.write(record);
        byte[] value = ByteBuffer.allocate(5 + avro.length + NO_NOTE.length)
                .put((byte) 0)
                .putInt(schemaId)
                .put(avro)
                .put(NO_NOTE)
                .array();
        deployment.publish(new Arrival(arrival.topic(), arrival.key(), new Arrival.Raw(value), arrival.timestamp()));
    }

    private static Schema newer(Schema schema) {
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            fields.add(new Schema.Field(field, field.schema()));
        }
        Schema note = Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING));
        fields.add(new Schema.Field("note", note, null, Schema.Field.NULL_DEFAULT_VALUE));
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }
}
