package eu.cloverwatch.wire;

import static eu.cloverwatch.wire.ScriptedServer.ifAuthorized;
import static eu.cloverwatch.wire.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RegistryTlsTest {

    private static final String PASSWORD = "changeit";
    private static final ScriptedServer.Reply FOUND = json(200, "{\"schema\":\"\\\"string\\\"\"}");

    @TempDir
    static Path directory;

    /** A self-signed certificate of 127.0.0.1, and a store that trusts it. */
    @BeforeAll
    static void makeStores() throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                "self",
                "-keyalg",
                "EC",
                "-dname",
                "CN=registry",
                "-validity",
                "2",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-keystore",
                file("keys.p12"));
        keytool("-exportcert", "-alias", "self", "-keystore", file("keys.p12"), "-file", file("self.crt"));
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "self",
                "-keystore",
                file("trust.p12"),
                "-file",
                file("self.crt"));
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(() -> log()).isZero();
    }

    private static String log() {
        try {
            return Files.readString(directory.resolve("keytool.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String file(String name) {
        return directory.resolve(name).toString();
    }

    private static Map<String, String> keys(ScriptedServer server) {
        Map<String, String> keys = new HashMap<>();
        keys.put("schema.registry.url", server.url());
        keys.put("schema.registry.retry.timeout.ms", "200");
        return keys;
    }

    private static void trusting(Map<String, String> keys) {
        keys.put("schema.registry.ssl.truststore.location", file("trust.p12"));
        keys.put("schema.registry.ssl.truststore.password", PASSWORD);
    }

    private static void withOwnCertificate(Map<String, String> keys) {
        keys.put("schema.registry.ssl.keystore.location", file("keys.p12"));
        keys.put("schema.registry.ssl.keystore.password", PASSWORD);
        keys.put("schema.registry.ssl.keystore.type", "PKCS12");
    }

    /** Keys and trust of the server, made as the client makes its own. */
    private static SSLContext serverContext() {
        Map<String, String> keys = new HashMap<>(Map.of("schema.registry.url", "https://127.0.0.1"));
        trusting(keys);
        withOwnCertificate(keys);
        return RegistryTls.context(RegistrySettings.from(keys)).orElseThrow();
    }

    @Test
    void aTrustedCertificateAndCredentialsAreEnough() throws IOException {
        try (ScriptedServer server = ScriptedServer.tls(serverContext(), false)) {
            server.answering(ifAuthorized("Basic dTpw", FOUND), ifAuthorized("Bearer t0ken", FOUND));
            Map<String, String> basic = keys(server);
            trusting(basic);
            basic.put("schema.registry.basic.auth.user.info", "u:p");
            assertFound(basic);

            Map<String, String> bearer = keys(server);
            trusting(bearer);
            bearer.put("schema.registry.bearer.auth.token", "t0ken");
            assertFound(bearer);
        }
    }

    private static void assertFound(Map<String, String> keys) {
        try (RegistryClient client = new RegistryClient(RegistrySettings.from(keys))) {
            assertThat(client.schemaById(1).getType()).isEqualTo(Schema.Type.STRING);
        }
    }

    private static void assertUnreachable(Map<String, String> keys) {
        try (RegistryClient client = new RegistryClient(RegistrySettings.from(keys))) {
            assertThatThrownBy(() -> client.schemaById(1)).isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void anUntrustedCertificateIsRefused() throws IOException {
        try (ScriptedServer server = ScriptedServer.tls(serverContext(), false)) {
            server.answering(FOUND);
            assertUnreachable(keys(server));
            assertThat(server.seen()).isEmpty();
        }
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() throws IOException {
        try (ScriptedServer server = ScriptedServer.tls(serverContext(), false)) {
            server.answering(FOUND);
            Map<String, String> keys = keys(server);
            trusting(keys);
            keys.put("schema.registry.url", server.url().replace("127.0.0.1", "localhost"));
            assertUnreachable(keys);
        }
    }

    @Test
    void theClientShowsItsOwnCertificateWhereOneIsAskedFor() throws IOException {
        try (ScriptedServer server = ScriptedServer.tls(serverContext(), true)) {
            server.answering(FOUND);
            Map<String, String> keys = keys(server);
            trusting(keys);
            assertUnreachable(keys);
            withOwnCertificate(keys);
            assertFound(keys);
        }
    }

    @Test
    void aStoreThatCannotBeReadIsNamedWithItsKey() {
        Map<String, String> missing = new HashMap<>(Map.of("schema.registry.url", "https://127.0.0.1"));
        missing.put("schema.registry.ssl.truststore.location", file("none.p12"));
        assertThatThrownBy(() -> new RegistryClient(RegistrySettings.from(missing)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("schema.registry.ssl.truststore.location")
                .hasMessageContaining("none.p12");

        Map<String, String> wrong = new HashMap<>(missing);
        wrong.put("schema.registry.ssl.truststore.location", file("trust.p12"));
        wrong.put("schema.registry.ssl.truststore.password", "wr0ng");
        assertThatThrownBy(() -> new RegistryClient(RegistrySettings.from(wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("wr0ng");
    }
}
