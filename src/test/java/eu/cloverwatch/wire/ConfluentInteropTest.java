package eu.cloverwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import eu.cloverwatch.v1.EmployeeLocation;
import eu.cloverwatch.v1.LocationSource;
import eu.cloverwatch.v1.PolicyRevision;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our implementation and our registry against Confluent's own classes. */
@Tag("interop")
@Timeout(120)
class ConfluentInteropTest {

    private static final String TOPIC = "locations";
    private static final Schema SCHEMA = EmployeeLocation.getClassSchema();
    private static final EmployeeLocation LOCATION = EmployeeLocation.newBuilder()
            .setEmployeeId("E-17-é")
            .setCountry("CN")
            .setEmployerCountry("IE")
            .setEffectiveFrom(Instant.parse("2023-03-06T00:00:00Z"))
            .setRecordedAt(Instant.parse("2023-03-09T00:00:00.123Z"))
            .setSource(LocationSource.HR)
            .build();

    private LoopbackRegistry registry;
    private RecordSerde ours;

    @BeforeEach
    void start() throws IOException {
        registry = new LoopbackRegistry();
        ours = RecordSerdes.open(settings(Map.of()));
    }

    @AfterEach
    void stop() {
        ours.close();
        registry.close();
    }

    private RegistrySettings settings(Map<String, String> more) {
        return settings(registry.url(), more);
    }

    private static RegistrySettings settings(String url, Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(Map.of("schema.registry.url", url));
        keys.putAll(more);
        return RegistrySettings.from(keys);
    }

    private RecordSerde confluent() {
        return RecordSerdes.open(settings(Map.of("schema.registry.serde", "confluent")));
    }

    @Test
    void confluentsDeserializerReadsWhatWeWrite() throws ReflectiveOperationException {
        byte[] bytes = ours.serialize(TOPIC, LOCATION);
        try (Deserializer<?> genuine = configured("KafkaAvroDeserializer")) {
            GenericRecord record = (GenericRecord) genuine.deserialize(TOPIC, bytes);
            assertThat(record.get("employee_id")).hasToString("E-17-é");
            assertThat(record.get("source")).hasToString("HR");
            assertThat(record.get("site")).isNull();
            assertThat(record.getSchema())
                    .hasToString(RegistrySchemas.request(SCHEMA).path("schema").asText());
        }
    }

    @Test
    void weReadWhatConfluentsSerializerWrites() throws ReflectiveOperationException {
        Schema contract = new Schema.Parser()
                .parse(RegistrySchemas.request(SCHEMA).path("schema").asText());
        GenericRecord record = new GenericRecordBuilder(contract)
                .set("employee_id", "E-17-é")
                .set("country", "CN")
                .set("employer_country", "IE")
                .set("effective_from", LOCATION.getEffectiveFrom().toEpochMilli())
                .set("recorded_at", LOCATION.getRecordedAt().toEpochMilli())
                .set(
                        "source",
                        new org.apache.avro.generic.GenericData.EnumSymbol(
                                contract.getField("source").schema(), "HR"))
                .build();
        try (Serializer<Object> genuine = configured("KafkaAvroSerializer")) {
            byte[] bytes = genuine.serialize(TOPIC, record);
            assertThat(ours.deserialize(TOPIC, bytes, SCHEMA)).isEqualTo(LOCATION);
            assertThat(HexFormat.of().formatHex(ours.serialize(TOPIC, LOCATION)))
                    .isEqualTo(HexFormat.of().formatHex(bytes));
        }
    }

    @SuppressWarnings("unchecked")
    private <T> T configured(String name) throws ReflectiveOperationException {
        Map<String, Object> configuration = Map.of("schema.registry.url", registry.url());
        Object instance = Class.forName("io.confluent.kafka.serializers." + name)
                .getDeclaredConstructor()
                .newInstance();
        if (instance instanceof Serializer<?> serializer) {
            serializer.configure(configuration, false);
        } else {
            ((Deserializer<?>) instance).configure(configuration, false);
        }
        return (T) instance;
    }

    @Test
    void theDropInWritesAndReadsTheSameBytesAsOurs() {
        try (RecordSerde confluent = confluent()) {
            byte[] bytes = confluent.serialize(TOPIC, LOCATION);
            assertThat(bytes).isEqualTo(ours.serialize(TOPIC, LOCATION));
            assertThat(confluent.deserialize(TOPIC, bytes, SCHEMA)).isEqualTo(LOCATION);
        }
    }

    @Test
    void theDropInCallsUnreadableWhatIs() {
        try (RecordSerde confluent = confluent()) {
            byte[] bytes = confluent.serialize(TOPIC, LOCATION);
            assertUnreadable(confluent, "", SCHEMA);
            assertUnreadable(confluent, "0100000001", SCHEMA);
            assertUnreadable(confluent, "000000002a00", SCHEMA);
            assertUnreadable(confluent, "000000000108", SCHEMA);
            assertUnreadable(confluent, HexFormat.of().formatHex(bytes), PolicyRevision.getClassSchema());
        }
    }

    /** What Avro would read, or would for some values; the reason is the same, too, as both tell it to the operator. */
    @Test
    void whatOursCallsUnreadableTheDropInDoesForTheSameReason() throws IOException {
        String good = HexFormat.of().formatHex(ours.serialize(TOPIC, LOCATION)).substring(10);
        String contract = RegistrySchemas.request(SCHEMA).path("schema").asText();
        String aNullableCountry = contract.replace(
                "{\"name\":\"country\",\"type\":\"string\"", "{\"name\":\"country\",\"type\":[\"string\",\"null\"]");
        String micros = contract.replace("timestamp-millis", "timestamp-micros");
        assertThat(aNullableCountry).isNotEqualTo(contract);
        try (RegistryClient client = registry.client();
                RecordSerde confluent = confluent()) {
            List<String> unreadable = List.of(
                    "0000000001" + good + "00",
                    header(client.register("nullable", new Schema.Parser().parse(aNullableCountry)))
                            + good.replace("04434e", "0004434e"),
                    header(client.register("micros", new Schema.Parser().parse(micros))) + good,
                    header(client.register("text", SchemaBuilder.builder().stringType())) + good);
            for (String hex : unreadable) {
                assertUnreadable(confluent, hex, SCHEMA);
                assertThat(reason(confluent, hex)).isEqualTo(reason(ours, hex));
            }
        }
    }

    private static String header(int id) {
        return "00" + HexFormat.of().toHexDigits(id);
    }

    private static String reason(RecordSerde serde, String hex) {
        return String.valueOf(
                catchThrowable(() -> serde.deserialize(TOPIC, HexFormat.of().parseHex(hex), SCHEMA))
                        .getMessage());
    }

    private static void assertUnreadable(RecordSerde serde, String hex, Schema reader) {
        assertThatThrownBy(() -> serde.deserialize(TOPIC, HexFormat.of().parseHex(hex), reader))
                .as(hex)
                .isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void theDropInWaitsForARegistryThatIsNotThere() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        RegistrySettings settings = settings(
                        "http://127.0.0.1:" + port,
                        Map.of("schema.registry.serde", "confluent", "schema.registry.retry.timeout.ms", "1000"))
                .withRetryTimeout(Optional.of(Duration.ofMillis(500)));
        try (RecordSerde confluent = RecordSerdes.open(settings)) {
            assertThatThrownBy(() -> confluent.serialize(TOPIC, LOCATION))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("could not be reached for 500 ms");
            assertThatThrownBy(() -> confluent.deserialize(TOPIC, new byte[] {0, 0, 0, 0, 1, 0}, SCHEMA))
                    .isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void theDropInNamesARefusal() throws IOException {
        try (RegistryClient client = registry.client()) {
            client.register(
                    TOPIC + "-value",
                    SchemaBuilder.record("Other").fields().requiredInt("x").endRecord());
        }
        try (RecordSerde confluent = confluent()) {
            assertThatThrownBy(() -> confluent.serialize(TOPIC, LOCATION))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("refuses");
        }
        try (ScriptedServer server = ScriptedServer.plain()) {
            server.answering(ScriptedServer.json(401, "{\"error_code\":401,\"message\":\"Unauthorized\"}"));
            RegistrySettings settings = settings(server.url(), Map.of("schema.registry.serde", "confluent"));
            try (RecordSerde confluent = RecordSerdes.open(settings)) {
                assertThatThrownBy(() -> confluent.deserialize(TOPIC, new byte[] {0, 0, 0, 0, 1, 0}, SCHEMA))
                        .isInstanceOf(RegistryUnavailableException.class);
            }
        }
    }

    @Test
    void theDropInSendsCredentialsGivenAsForOurs() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain()) {
            server.answering(ScriptedServer.ifAuthorized("Basic dTpw", ScriptedServer.json(200, "{\"id\":1}")));
            RegistrySettings settings = settings(
                    server.url(),
                    Map.of("schema.registry.serde", "confluent", "schema.registry.basic.auth.user.info", "u:p"));
            try (RecordSerde confluent = RecordSerdes.open(settings)) {
                assertThat(confluent.serialize(TOPIC, LOCATION)).startsWith(0, 0, 0, 0, 1);
            }
        }
    }
}
