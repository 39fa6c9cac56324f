import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.RecordSerdes;
import eu.cloverwatch.wire.RegistrySettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Prints every violation as it is published, from the first on. */
class PartnerConsumer {
    public static void main(String[] args) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", "localhost:9092", "group.id", "cloverwatch.partner",
                "auto.offset.reset", "earliest", "isolation.level", "read_committed");
        var registry = RegistrySettings.from(Map.of("schema.registry.url", "http://localhost:8080/registry"));
        try (var serde = RecordSerdes.open(registry);
                var consumer = new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("cloverwatch.violations.v1"));
            while (true) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    var violation = (Violation) serde.deserialize(record.topic(), record.value(), Violation.getClassSchema());
                    System.out.println(violation.getSeverity() + " " + violation.getFindings().get(0).getMessage());
                }
            }
        }
    }
}
