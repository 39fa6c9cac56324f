package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.SampleRecords;
import eu.cloverwatch.topology.Rejects;
import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.v1.AgeBand;
import eu.cloverwatch.v1.Subject;
import eu.cloverwatch.v1.SubjectConsent;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.AvroBytes;
import eu.cloverwatch.wire.RegistryClient;
import eu.cloverwatch.wire.RegistrySettings;
import eu.cloverwatch.wire.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/** What is refused, for whichever reason, and may be repaired. */
final class Refused {

    static final Instant EARLY = Instant.parse("2024-06-01T00:00:00Z");

    /** Not registered when the event comes. */
    static final int SCHEMA_TO_COME = 60;

    private Refused() {}

    static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = Objects.requireNonNull(record.headers().lastHeader(name), name);
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    static Arrival withoutCategories(String id) {
        return SampleRecords.event(AccessEvent.newBuilder(SampleRecords.leak(id))
                .setCategories(List.of())
                .build());
    }

    /** It leaks to the US, and where its subject lives only the consent record says. */
    static Arrival ofUnknownCountry(String id) {
        return SampleRecords.event(AccessEvent.newBuilder(SampleRecords.leak(id))
                .setSubject(new Subject(SampleRecords.subjectOf(id), null, 1L, null))
                .build());
    }

    static byte[] consent(Deployment deployment) {
        return deployment
                .serde()
                .serialize(
                        deployment.topic(Topic.CONSENTS),
                        SubjectConsent.newBuilder()
                                .setSubjectId(SampleRecords.subjectOf("withdrawn"))
                                .setResidenceCountry("US")
                                .setAgeBand(AgeBand.ADULT)
                                .setEffectiveFrom(EARLY)
                                .setRecordedAt(EARLY)
                                .setGrants(List.of())
                                .build());
    }

    /** A value that is too large for the rejects is not copied; made here, as the broker does not take that much. */
    static ProducerRecord<byte[], byte[]> copyOmitted(Deployment deployment) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(deployment.topic(Topic.REJECTS), utf8("mailer-large"), null);
        record.headers().add(Rejects.REASON, utf8("record: expected at most 1048576 bytes"));
        record.headers().add(Rejects.TOPIC, utf8(deployment.topic(Topic.ACCESS_EVENTS)));
        record.headers().add(Rejects.PARTITION, utf8("3"));
        record.headers().add(Rejects.OFFSET, utf8("7"));
        record.headers().add(Rejects.TIMESTAMP, utf8("2025-03-01T12:00:00Z"));
        record.headers().add(Rejects.OMITTED_BYTES, utf8("2000000"));
        return record;
    }

    static int wrongPartition(byte[] key) {
        int partitions = 4;
        int right = Utils.toPositive(Utils.murmur2(key)) % partitions;
        return (right + 1) % partitions;
    }

    static byte[] withSchemaToCome(String id) {
        byte[] avro = AvroBytes.write(SampleRecords.leak(id));
        return ByteBuffer.allocate(5 + avro.length)
                .put((byte) 0)
                .putInt(SCHEMA_TO_COME)
                .put(avro)
                .array();
    }

    /** The registry counts. */
    static void registerSchemaToCome(Deployment of, String registryUrl) {
        Schema known = AccessEvent.getClassSchema();
        List<Schema.Field> fields = known.getFields().stream()
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        Schema toCome = Schema.createRecord(known.getName(), "with another doc", known.getNamespace(), false, fields);
        try (RegistryClient registry =
                new RegistryClient(RegistrySettings.from(Map.of("schema.registry.url", registryUrl)))) {
            for (int i = 0, id = 0; id < SCHEMA_TO_COME - 1; i++) {
                id = registry.register("filler-" + i, Schema.createFixed("F" + i, null, "filler", 1));
            }
            assertThat(registry.register(of.topic(Topic.ACCESS_EVENTS) + "-value", toCome))
                    .isEqualTo(SCHEMA_TO_COME);
        }
    }

    static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
