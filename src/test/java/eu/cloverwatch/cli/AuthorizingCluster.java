package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import eu.cloverwatch.cli.Program.Ended;
import eu.cloverwatch.demo.EmbeddedBroker;
import eu.cloverwatch.demo.RegistryServer;
import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.Role;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.RecordSerdes;
import eu.cloverwatch.wire.RegistrySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A broker that refuses what no ACL allows, with a SCRAM-SHA-512 user for each role, called like it, and a registry. Topics
 * have their default names.
 */
final class AuthorizingCluster implements AutoCloseable {

    static final String ADMIN = "admin";

    /** Who may do nothing at first, and is no super user. */
    static final String NEWCOMER = "newcomer";

    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required";
    private static final int ITERATIONS = 4096;
    private static final Map<String, String> AUTHORIZING = Map.of(
            "listener.security.protocol.map", "BROKER:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
            "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512",
            "sasl.mechanism.inter.broker.protocol", "PLAIN",
            "listener.name.broker.plain.sasl.jaas.config",
                    PLAIN + " username=\"broker\" password=\"broker\" user_broker=\"broker\";",
            "listener.name.broker.scram-sha-512.sasl.jaas.config", SCRAM + ";",
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "allow.everyone.if.no.acl.found", "false",
            "super.users", "User:broker;User:admin;User:ANONYMOUS");

    private final Path dir;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final EmbeddedBroker broker;

    private AuthorizingCluster(Path dir) throws Exception {
        this.dir = dir;
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        http.setExecutor(threads);
        new RegistryServer(http, "/registry");
        http.start();
        this.broker = EmbeddedBroker.start(0, dir.resolve("broker"), AUTHORIZING);
        makeUsers();
    }

    static AuthorizingCluster start(Path dir) throws Exception {
        return new AuthorizingCluster(dir);
    }

    private void makeUsers() throws Exception {
        List<UserScramCredentialAlteration> users = new ArrayList<>();
        users.add(user(ADMIN));
        users.add(user(NEWCOMER));
        for (Role role : Role.values()) {
            users.add(user(role.configurationName()));
        }
        try (Admin admin = Admin.create(client(PLAIN, "PLAIN", "broker"))) {
            admin.alterUserScramCredentials(users).all().get();
        }
        // The controller answers before the broker knows them.
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            for (UserScramCredentialAlteration user : users) {
                try (Admin someone = Admin.create(client(user.user()))) {
                    someone.describeCluster().nodes().get();
                }
            }
            return true;
        });
    }

    private static UserScramCredentialUpsertion user(String name) {
        return new UserScramCredentialUpsertion(
                name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS), password(name));
    }

    private static String password(String user) {
        return "password-of-" + user;
    }

    /** What a Kafka client needs to be this user. */
    Map<String, Object> client(String user) {
        return client(SCRAM, "SCRAM-SHA-512", user);
    }

    private Map<String, Object> client(String module, String mechanism, String user) {
        Map<String, Object> client = new HashMap<>();
        client.put("bootstrap.servers", broker.bootstrapServers());
        client.put("security.protocol", "SASL_PLAINTEXT");
        client.put("sasl.mechanism", mechanism);
        String password = mechanism.equals("PLAIN") ? user : password(user);
        client.put("sasl.jaas.config", module + " username=\"" + user + "\" password=\"" + password + "\";");
        return client;
    }

    /** What this user writes into the configuration. */
    Map<String, String> settings(String user) {
        Map<String, String> settings = new HashMap<>();
        client(user).forEach((key, value) -> settings.put("kafka." + key, value.toString()));
        settings.put(
                "schema.registry.url", "http://127.0.0.1:" + http.getAddress().getPort() + "/registry");
        settings.put("cloverwatch.state.dir", dir.resolve("state").toString());
        settings.put("cloverwatch.http.port", "0");
        // Who closes a consumer waits for what it has asked for.
        settings.put("kafka.fetch.max.wait.ms", "20");
        settings.put("cloverwatch.pseudonym.key", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        return settings;
    }

    /** What the administrator writes there: small topics, and each role's user. */
    Map<String, String> administration(String user) {
        Map<String, String> settings = settings(user);
        settings.put("cloverwatch.topics.partitions", "2");
        settings.put("cloverwatch.topics.replication.factor", "1");
        settings.put("cloverwatch.topics.min.insync.replicas", "1");
        for (Role role : Role.values()) {
            settings.put("cloverwatch.acl." + role.configurationName(), "User:" + role.configurationName());
        }
        return settings;
    }

    /** Makes the topics and what each role may do, as the administrator. */
    void apply() throws IOException {
        Ended applied = Program.run("topics", "apply", "--config", Program.config(dir, administration(ADMIN)));
        assertThat(applied.code()).as(applied.err()).isZero();
    }

    /** The caller's to close. */
    RecordSerde serde() {
        return RecordSerdes.open(RegistrySettings.from(
                Configuration.load(null, Map.of(), administration(ADMIN)).schemaRegistry()));
    }

    @Override
    public void close() {
        broker.close();
        http.stop(0);
        threads.shutdownNow();
    }
}
