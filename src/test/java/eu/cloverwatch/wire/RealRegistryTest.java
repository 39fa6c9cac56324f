package eu.cloverwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import eu.cloverwatch.v1.EmployeeLocation;
import eu.cloverwatch.v1.LocationSource;
import eu.cloverwatch.v1.PolicyRevision;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Against a registry that others wrote. */
@Tag("registry")
@Timeout(300)
class RealRegistryTest {

    private static final Schema SCHEMA = EmployeeLocation.getClassSchema();
    private static final EmployeeLocation LOCATION = EmployeeLocation.newBuilder()
            .setEmployeeId("E-17")
            .setCountry("CN")
            .setEffectiveFrom(Instant.parse("2023-03-06T00:00:00Z"))
            .setRecordedAt(Instant.parse("2023-03-09T00:00:00Z"))
            .setSource(LocationSource.HR)
            .build();

    private static ApicurioProcess registry;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        port = ApicurioProcess.freePort();
        registry = ApicurioProcess.start(port).awaitReady();
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    private static RegistrySettings settings() {
        return RegistrySettings.from(Map.of("schema.registry.url", ApicurioProcess.url(port)));
    }

    private static String contract(Schema schema) {
        return RegistrySchemas.request(schema).path("schema").asText();
    }

    @Test
    void everySchemaOfTheContractIsRegisteredAndFetched() {
        try (RegistryClient client = new RegistryClient(settings())) {
            for (Topic topic : Topic.avro()) {
                Schema schema = topic.schema().orElseThrow();
                int id = client.register(topic.defaultName() + "-value", schema);
                assertThat(client.schemaById(id)).hasToString(contract(schema));
                try (RegistryClient other = new RegistryClient(settings())) {
                    assertThat(other.register(topic.defaultName() + "-value", schema))
                            .isEqualTo(id);
                }
            }
        }
    }

    @Test
    void compatibilityIsChecked() {
        Schema broken = new Schema.Parser()
                .parse(contract(SCHEMA)
                        .replace(
                                "{\"name\":\"country\",\"type\":\"string\"", "{\"name\":\"country\",\"type\":\"int\""));
        try (RegistryClient client = new RegistryClient(settings())) {
            assertThat(client.compatibility()).isNotEmpty();
            assertThat(client.isCompatible("checked-value", broken)).isTrue();
            client.register("checked-value", SCHEMA);
            client.setCompatibility("checked-value", "FULL");

            assertThat(client.isCompatible("checked-value", SCHEMA)).isTrue();
            assertThat(client.isCompatible("checked-value", broken)).isFalse();
            assertThatThrownBy(() -> client.register("checked-value", broken))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("refuses the schema of subject checked-value: HTTP 409");
        }
    }

    @Test
    void whatTheRegistryDoesNotKnowIsUnreadable() {
        try (RegistryClient client = new RegistryClient(settings())) {
            assertThatThrownBy(() -> client.schemaById(999_999)).isInstanceOf(UnreadableRecordException.class);
        }
    }

    @Test
    void recordsOfTwoVersionsAreReadByAProcessThatNeverWroteThem() {
        Schema newer = new Schema.Parser()
                .parse(contract(SCHEMA)
                        .replace("\"TRAVEL\"", "\"TRAVEL\",\"SATELLITE\"")
                        .replace(
                                "{\"name\":\"left\"",
                                "{\"name\":\"floor\",\"type\":\"int\",\"default\":0},{\"name\":\"left\""));
        GenericData.Record record = new GenericRecordBuilder(newer)
                .set("employee_id", "E-17")
                .set("country", "CN")
                .set("effective_from", LOCATION.getEffectiveFrom().toEpochMilli())
                .set("recorded_at", LOCATION.getRecordedAt().toEpochMilli())
                .set(
                        "source",
                        new GenericData.EnumSymbol(newer.getField("source").schema(), "SATELLITE"))
                .build();
        try (ConfluentWireSerde writer = new ConfluentWireSerde(new RegistryClient(settings()));
                RecordSerde reader = RecordSerdes.open(settings())) {
            byte[] old = writer.serialize("evolved", LOCATION);
            byte[] recent = writer.write("evolved", record);

            assertThat(reader.deserialize("evolved", old, SCHEMA)).isEqualTo(LOCATION);
            assertThat(reader.deserialize("evolved", recent, SCHEMA))
                    .isEqualTo(EmployeeLocation.newBuilder(LOCATION)
                            .setSource(LocationSource.UNKNOWN)
                            .build());
            assertThatThrownBy(() -> reader.deserialize("evolved", old, PolicyRevision.getClassSchema()))
                    .isInstanceOf(UnreadableRecordException.class);
        }
    }

    @Test
    void aRestartInTheMiddleIsWaitedForAndLoggedOnce() throws IOException {
        Logger logger = (Logger) LoggerFactory.getLogger(RegistryRetry.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        try (RecordSerde serde = RecordSerdes.open(settings().waitingUntilClosed())) {
            byte[] before = serde.serialize("before", LOCATION);
            registry.close();

            assertThat(serde.serialize("before", LOCATION)).isEqualTo(before);
            CompletableFuture<byte[]> waiting = CompletableFuture.supplyAsync(() -> serde.serialize("after", LOCATION));
            await().until(() -> log.list.size() == 1);
            assertThat(waiting).isNotDone();
            registry = ApicurioProcess.start(port);

            assertThat(waiting).succeedsWithin(Duration.ofMinutes(2));
            try (RecordSerde reader = RecordSerdes.open(settings())) {
                assertThat(reader.deserialize("after", waiting.join(), SCHEMA)).isEqualTo(LOCATION);
            }
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
            registry.awaitReady();
        }
        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO);
    }
}
