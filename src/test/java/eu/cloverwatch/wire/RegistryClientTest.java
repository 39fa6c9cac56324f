package eu.cloverwatch.wire;

import static eu.cloverwatch.wire.ScriptedServer.headersOnly;
import static eu.cloverwatch.wire.ScriptedServer.ifAuthorized;
import static eu.cloverwatch.wire.ScriptedServer.json;
import static eu.cloverwatch.wire.ScriptedServer.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(60)
class RegistryClientTest {

    private static final Schema SCHEMA =
            SchemaBuilder.record("Thing").fields().requiredString("id").endRecord();
    private static final String FOUND = "{\"schema\":\"\\\"string\\\"\"}";
    private static final String UNKNOWN = "{\"error_code\":40403,\"message\":\"Schema not found\"}";

    private final AtomicLong nanoTime = new AtomicLong();
    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.plain();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RegistryClient client(String... more) {
        return client(settings(server.url(), more));
    }

    private RegistryClient client(RegistrySettings settings) {
        RegistryRetry.Pace quick = new RegistryRetry.Pace(Duration.ofMillis(1), Duration.ofMillis(5));
        return new RegistryClient(settings, quick, nanoTime::get);
    }

    private static RegistrySettings settings(String url, String... more) {
        Map<String, String> keys = new HashMap<>(Map.of("schema.registry.url", url));
        for (int i = 0; i < more.length; i += 2) {
            keys.put("schema.registry." + more[i], more[i + 1]);
        }
        return RegistrySettings.from(keys);
    }

    @Test
    void aSchemaIsRegisteredOnce() {
        server.answering(json(200, "{\"id\":7}"));
        try (RegistryClient client = client()) {
            assertThat(client.register("a topic/1+ü-value", SCHEMA)).isEqualTo(7);
            assertThat(client.register("a topic/1+ü-value", SCHEMA)).isEqualTo(7);
        }
        assertThat(server.seen())
                .containsExactly(
                        new ScriptedServer.Seen("POST", "/subjects/a%20topic%2F1%2B%C3%BC-value/versions", null));
    }

    @Test
    void aSchemaIsFetchedOnceAndAlwaysTheSameObject() {
        server.answering(json(200, FOUND));
        try (RegistryClient client = client()) {
            assertThat(client.schemaById(3)).isSameAs(client.schemaById(3));
        }
        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void anErrorOfTheServerIsRepeatedUntilItAnswers() {
        server.answering(json(500, "oops"), json(429, "{}"), json(503, ""), json(200, FOUND));
        try (RegistryClient client = client()) {
            assertThat(client.schemaById(3).getType()).isEqualTo(Schema.Type.STRING);
        }
        assertThat(server.seen()).hasSize(4);
    }

    @Test
    void aRegistryThatGoesAwayIsLoggedOnceAndOnceWhenItIsBack() {
        Logger logger = (Logger) LoggerFactory.getLogger(RegistryRetry.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        server.answering(json(500, ""), json(500, ""), json(500, ""), json(200, FOUND));
        try (RegistryClient client = client()) {
            client.schemaById(3);
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }
        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO);
    }

    @Test
    void anUnknownIdIsUnreadableAndAskedForAgainOnlyAfterHalfAMinute() {
        server.answering(json(404, UNKNOWN), json(200, FOUND));
        try (RegistryClient client = client()) {
            assertThatThrownBy(() -> client.schemaById(3))
                    .isInstanceOf(UnreadableRecordException.class)
                    .hasMessage("the schema registry knows no schema with id 3");
            nanoTime.addAndGet(Duration.ofSeconds(29).toNanos());
            assertThatThrownBy(() -> client.schemaById(3)).isInstanceOf(UnreadableRecordException.class);
            assertThat(server.seen()).hasSize(1);

            nanoTime.addAndGet(Duration.ofSeconds(2).toNanos());
            assertThat(client.schemaById(3).getType()).isEqualTo(Schema.Type.STRING);
        }
    }

    @Test
    void anAddressWithoutARegistryMakesNoRecordUnreadable() {
        server.answering(json(404, "<html>not here</html>"));
        try (RegistryClient client = client()) {
            assertThatThrownBy(() -> client.schemaById(3))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("HTTP 404")
                    .hasMessageContaining("schema.registry.url");
        }
    }

    @Test
    void aSchemaThatIsNotAvroIsUnreadable() {
        server.answering(
                json(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message A {}\"}"),
                json(200, "{\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"}"));
        try (RegistryClient client = client()) {
            assertThatThrownBy(() -> client.schemaById(3))
                    .isInstanceOf(UnreadableRecordException.class)
                    .hasMessageContaining("PROTOBUF");
            assertThatThrownBy(() -> client.schemaById(4)).isInstanceOf(UnreadableRecordException.class);
        }
    }

    @Test
    void aSchemaMayReferToOthers() {
        server.answering(json(200, """
                        {"schema": "{\\"type\\":\\"record\\",\\"name\\":\\"B\\",\\"fields\\":[{\\"name\\":\\"a\\",\\"type\\":\\"x.A\\"}]}",
                         "references": [{"name": "x.A", "subject": "a-value", "version": 2}]}"""), json(200, """
                        {"schema": "{\\"type\\":\\"enum\\",\\"name\\":\\"x.A\\",\\"symbols\\":[\\"S\\"]}"}"""));
        try (RegistryClient client = client()) {
            assertThat(client.schemaById(3).getField("a").schema().getEnumSymbols())
                    .containsExactly("S");
        }
        assertThat(server.seen().get(1).path()).isEqualTo("/subjects/a-value/versions/2");
    }

    @Test
    void aBodyThatIsNoJsonIsRepeatedAndThenNamed() {
        server.answering(json(200, "<html>a proxy's page</html>"));
        try (RegistryClient client = client("retry.timeout.ms", "300")) {
            assertThatThrownBy(() -> client.schemaById(3))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("expected JSON as a schema registry gives it");
        }
        assertThat(server.seen()).hasSizeGreaterThan(1);
    }

    @Test
    void aRefusedConnectionEndsWithTheRetryTimeOut() throws IOException {
        int port = freePort();
        try (RegistryClient client = client(settings("http://127.0.0.1:" + port, "retry.timeout.ms", "300"))) {
            assertThatThrownBy(() -> client.register("s", SCHEMA))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("could not be reached for 300 ms")
                    .hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void aRegistryThatStartsLateIsWaitedFor() throws IOException {
        int port = freePort();
        RegistrySettings settings = settings("http://127.0.0.1:" + port).waitingUntilClosed();
        try (RegistryClient client = client(settings)) {
            CompletableFuture<Schema> schema = CompletableFuture.supplyAsync(() -> client.schemaById(3));
            try (ScriptedServer late = ScriptedServer.plain(port)) {
                late.answering(json(200, FOUND));
                assertThat(schema.join().getType()).isEqualTo(Schema.Type.STRING);
            }
        }
    }

    @Test
    void aSilentRegistryEndsWithTheRequestTimeOut() {
        server.answering(silence());
        try (RegistryClient client = client("request.timeout.ms", "100", "retry.timeout.ms", "400")) {
            assertThatThrownBy(() -> client.schemaById(3))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("did not answer within 100 ms");
        }
        assertThat(server.seen()).hasSizeGreaterThan(1);
    }

    @Test
    void aBodyThatStallsEndsWithTheRequestTimeOut() {
        server.answering(headersOnly(), json(200, FOUND));
        try (RegistryClient client = client("request.timeout.ms", "300")) {
            assertThat(client.schemaById(3).getType()).isEqualTo(Schema.Type.STRING);
        }
    }

    @Test
    void theNextAddressIsAskedAndKept() throws IOException {
        server.answering(json(200, FOUND));
        String urls = "http://127.0.0.1:" + freePort() + "/registry/, " + server.url() + "/below/";
        try (RegistryClient client = client(settings(urls, "retry.timeout.ms", "5000"))) {
            client.schemaById(3);
            client.schemaById(4);
        }
        assertThat(server.seen())
                .extracting(ScriptedServer.Seen::path)
                .containsExactly("/below/schemas/ids/3", "/below/schemas/ids/4");
    }

    @Test
    void refusedCredentialsAreNotRepeatedAndNotShown() {
        server.answering(ifAuthorized("Basic cmlnaHQ6c2VjcmV0", json(200, FOUND)));
        try (RegistryClient client = client("basic.auth.user.info", "wrong:s3cr3t")) {
            assertThatThrownBy(() -> client.schemaById(3))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("refuses the credentials (HTTP 401)")
                    .hasMessageNotContaining("s3cr3t");
        }
        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void basicAndBearerCredentialsAreSent() {
        server.answering(
                ifAuthorized("Basic cmlnaHQ6c2VjcmV0", json(200, FOUND)),
                ifAuthorized("Bearer t0ken", json(200, FOUND)));
        try (RegistryClient basic = client("basic.auth.user.info", "right:secret");
                RegistryClient bearer = client("bearer.auth.token", "t0ken")) {
            assertThat(basic.schemaById(3)).isNotNull();
            assertThat(bearer.schemaById(3)).isNotNull();
        }
    }

    @Test
    void anIncompatibleSchemaIsAClearError() {
        server.answering(
                json(409, "{\"error_code\":409,\"message\":\"Schema being registered is incompatible\"}"),
                json(422, "{\"error_code\":42201,\"message\":\"Invalid schema\"}"));
        try (RegistryClient client = client()) {
            assertThatThrownBy(() -> client.register("s-value", SCHEMA))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessage("the schema registry refuses the schema of subject s-value: "
                            + "HTTP 409: Schema being registered is incompatible");
            assertThatThrownBy(() -> client.register("s-value", SCHEMA))
                    .hasMessageContaining("HTTP 422: Invalid schema");
        }
        assertThat(server.seen()).hasSize(2);
    }

    @Test
    void closingEndsARequestUnderWay() {
        server.answering(silence());
        RegistryClient client = client(settings(server.url()).waitingUntilClosed());
        CompletableFuture<Schema> waiting = CompletableFuture.supplyAsync(() -> client.schemaById(3));
        await().until(() -> server.seen().size() == 1);

        client.close();

        assertThatThrownBy(waiting::join).cause().isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void closingEndsAPauseBetweenRequests() {
        server.answering(json(500, ""));
        RegistryRetry.Pace slow = new RegistryRetry.Pace(Duration.ofHours(1), Duration.ofHours(1));
        RegistryClient client = new RegistryClient(settings(server.url()).waitingUntilClosed(), slow, System::nanoTime);
        CompletableFuture<Schema> waiting = CompletableFuture.supplyAsync(() -> client.schemaById(3));
        await().until(() -> server.seen().size() == 1);

        client.close();

        assertThatThrownBy(waiting::join)
                .cause()
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("clos");
        assertThatThrownBy(() -> client.schemaById(4)).hasMessageContaining("is closed");
    }

    @Test
    void pausesGrowToTheLongest() {
        RegistryRetry.Pace pace = RegistryRetry.Pace.NORMAL;
        for (int i = 0; i < 100; i++) {
            assertThat(pace.pause(1)).isBetween(50_000_000L, 100_000_000L);
            assertThat(pace.pause(4)).isBetween(400_000_000L, 800_000_000L);
            assertThat(pace.pause(1_000)).isBetween(5_000_000_000L, 10_000_000_000L);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
