package eu.cloverwatch.cli;

import com.sun.net.httpserver.HttpServer;
import eu.cloverwatch.demo.EmbeddedBroker;
import eu.cloverwatch.demo.RegistryServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/** One broker with a listener for each way to be secured, and what a client writes into the configuration for it. */
final class SecuredBroker implements AutoCloseable {

    /** How a client and the broker know each other. */
    enum Listener {
        TLS("SSL"),
        MTLS("SSL"),
        SCRAM("SASL_SSL"),
        OAUTH("SASL_SSL");

        private final String protocol;

        Listener(String protocol) {
            this.protocol = protocol;
        }
    }

    static final String SCRAM_PASSWORD = "a pass;word=\\\"of 5cram\\\"";
    static final String CLIENT_SECRET = "the-s3cret-of-the-client";

    private static final String MODULES = "org.apache.kafka.common.security.";

    private final Path dir;
    private final Certificates server;
    private final Certificates client;
    private final TokenEndpoint tokens;
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final EmbeddedBroker broker;

    SecuredBroker(Path dir) throws Exception {
        this.dir = dir;
        this.server = Certificates.make("server", dir);
        this.client = Certificates.make("client", dir);
        this.tokens = new TokenEndpoint("cloverwatch", CLIENT_SECRET);
        choosePorts();
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        http.setExecutor(threads);
        new RegistryServer(http, "/registry");
        http.start();
        this.broker = EmbeddedBroker.start(port("BROKER"), dir.resolve("broker"), brokerSettings());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            "cloverwatch",
                            new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                            SCRAM_PASSWORD.replace("\\\"", "\""))))
                    .all()
                    .get();
        }
    }

    private void choosePorts() throws IOException {
        List<String> names = new ArrayList<>(List.of("BROKER", "CONTROLLER"));
        for (Listener listener : Listener.values()) {
            names.add(listener.name());
        }
        List<ServerSocket> held = new ArrayList<>();
        for (String name : names) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
            held.add(socket);
            ports.put(name, socket.getLocalPort());
        }
        for (ServerSocket socket : held) {
            socket.close();
        }
    }

    private int port(String listener) {
        return ports.getOrDefault(listener, 0);
    }

    private Map<String, String> brokerSettings() throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("listeners", addresses(ports));
        Map<String, Integer> advertised = new LinkedHashMap<>(ports);
        advertised.remove("CONTROLLER");
        settings.put("advertised.listeners", addresses(advertised));
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + port("CONTROLLER"));
        settings.put(
                "listener.security.protocol.map",
                "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT,TLS:SSL,MTLS:SSL,SCRAM:SASL_SSL,OAUTH:SASL_SSL");
        settings.put("ssl.keystore.type", "PEM");
        settings.put("ssl.keystore.location", server.together().toString());
        settings.put("listener.name.mtls.ssl.client.auth", "required");
        settings.put("listener.name.mtls.ssl.truststore.type", "PEM");
        settings.put(
                "listener.name.mtls.ssl.truststore.location",
                client.certificate().toString());
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512,OAUTHBEARER");
        settings.put("listener.name.scram.sasl.enabled.mechanisms", "SCRAM-SHA-512");
        settings.put(
                "listener.name.scram.scram-sha-512.sasl.jaas.config", MODULES + "scram.ScramLoginModule required;");
        settings.put("listener.name.oauth.sasl.enabled.mechanisms", "OAUTHBEARER");
        settings.put(
                "listener.name.oauth.oauthbearer.sasl.jaas.config",
                MODULES + "oauthbearer.OAuthBearerLoginModule required;");
        settings.put(
                "listener.name.oauth.oauthbearer.sasl.server.callback.handler.class",
                MODULES + "oauthbearer.OAuthBearerValidatorCallbackHandler");
        settings.put("listener.name.oauth.sasl.oauthbearer.jwks.endpoint.url", tokens.keysUrl());
        settings.put("listener.name.oauth.sasl.oauthbearer.expected.audience", TokenEndpoint.AUDIENCE);
        System.setProperty(
                "org.apache.kafka.sasl.oauthbearer.allowed.urls", tokens.tokenUrl() + "," + tokens.keysUrl());
        return settings;
    }

    private static String addresses(Map<String, Integer> ports) {
        return ports.entrySet().stream()
                .map(port -> port.getKey() + "://127.0.0.1:" + port.getValue())
                .collect(Collectors.joining(","));
    }

    /** As an operator would write them: secrets from files. */
    Map<String, String> settings(Listener listener) throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", "127.0.0.1:" + port(listener.name()));
        settings.put("kafka.security.protocol", listener.protocol);
        settings.put("kafka.ssl.truststore.type", "PEM");
        settings.put("kafka.ssl.truststore.location", server.certificate().toString());
        switch (listener) {
            case TLS -> {}
            case MTLS -> {
                settings.put("kafka.ssl.keystore.type", "PEM");
                settings.put("kafka.ssl.keystore.certificate.chain", "${file:" + client.certificate() + "}");
                settings.put("kafka.ssl.keystore.key", "${file:" + client.key() + "}");
            }
            case SCRAM -> {
                settings.put("kafka.sasl.mechanism", "SCRAM-SHA-512");
                settings.put(
                        "kafka.sasl.jaas.config",
                        MODULES + "scram.ScramLoginModule required username=\"cloverwatch\" password=\"${file:"
                                + secret("password", SCRAM_PASSWORD) + "}\";");
            }
            case OAUTH -> {
                settings.put("kafka.sasl.mechanism", "OAUTHBEARER");
                settings.put("kafka.sasl.jaas.config", MODULES + "oauthbearer.OAuthBearerLoginModule required;");
                settings.put(
                        "kafka.sasl.login.callback.handler.class",
                        MODULES + "oauthbearer.OAuthBearerLoginCallbackHandler");
                settings.put("kafka.sasl.oauthbearer.token.endpoint.url", tokens.tokenUrl());
                settings.put("kafka.sasl.oauthbearer.client.credentials.client.id", "cloverwatch");
                settings.put(
                        "kafka.sasl.oauthbearer.client.credentials.client.secret",
                        "${file:" + secret("client-secret", CLIENT_SECRET) + "}");
            }
        }
        settings.put(
                "schema.registry.url", "http://127.0.0.1:" + http.getAddress().getPort() + "/registry");
        return settings;
    }

    private Path secret(String name, String content) throws IOException {
        return Files.writeString(dir.resolve(name), content + "\n");
    }

    /** The middle of the client's private key: its ends are the same in all keys. */
    String clientKey() throws IOException {
        return Files.readAllLines(client.key()).get(5);
    }

    TokenEndpoint tokens() {
        return tokens;
    }

    @Override
    public void close() {
        System.clearProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls");
        broker.close();
        tokens.close();
        http.stop(0);
        threads.shutdownNow();
    }
}
