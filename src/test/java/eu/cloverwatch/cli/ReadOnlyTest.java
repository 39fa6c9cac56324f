package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import eu.cloverwatch.cli.Program.Ended;
import eu.cloverwatch.demo.EmbeddedBroker;
import eu.cloverwatch.demo.RegistryServer;
import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.SampleViolation;
import eu.cloverwatch.runtime.ViolationFollower;
import eu.cloverwatch.runtime.ViolationWriter;
import eu.cloverwatch.wire.Topic;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An investigator may read the topics and nothing else; the broker refuses everything that is not allowed. */
@Timeout(180)
class ReadOnlyTest {

    private static final String NAME = "audited";
    private static final Path CASE = Path.of("src/test/resources/cases/late-location-found");
    private static final Map<String, String> AUTHORIZING = Map.of(
            "listener.security.protocol.map", "BROKER:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
            "sasl.enabled.mechanisms", "PLAIN",
            "sasl.mechanism.inter.broker.protocol", "PLAIN",
            "listener.name.broker.plain.sasl.jaas.config",
                    "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"admin\" password=\"admin\""
                            + " user_admin=\"admin\" user_investigator=\"investigator\";",
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "allow.everyone.if.no.acl.found", "false",
            "super.users", "User:admin;User:ANONYMOUS");

    @TempDir
    static Path dir;

    private static HttpServer http;
    private static EmbeddedBroker broker;
    private static Admin admin;
    private static Deployment deployment;

    @BeforeAll
    static void startABrokerThatRefuses() throws Exception {
        assumeTrue(Files.isDirectory(CASE), "the cases are not here");
        http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        new RegistryServer(http, "/registry");
        http.start();
        broker = EmbeddedBroker.start(0, dir.resolve("broker"), AUTHORIZING);
        Map<String, Object> settings = new HashMap<>(credentials("admin", ""));
        settings.put("bootstrap.servers", broker.bootstrapServers());
        admin = Admin.create(settings);
        admin.createTopics(Deployment.topicNames(NAME).stream()
                        .map(topic -> new NewTopic(topic, 2, (short) 1))
                        .toList())
                .all()
                .get();
        deployment = Deployment.on(
                NAME,
                dir,
                broker.bootstrapServers(),
                "http://127.0.0.1:" + http.getAddress().getPort() + "/registry",
                credentials("admin", "kafka."));
        Program.publish(CASE, deployment);
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            deployment.close();
            admin.close();
            broker.close();
            http.stop(0);
        }
    }

    private static Map<String, String> credentials(String user, String prefix) {
        return Map.of(
                prefix + "security.protocol", "SASL_PLAINTEXT",
                prefix + "sasl.mechanism", "PLAIN",
                prefix + "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user
                                + "\" password=\"" + user + "\";");
    }

    @Test
    void replayVerifyAndTailNeedReadOnTheirTopicsAndNothingElse() throws Exception {
        mayRead(Topic.ACCESS_EVENTS, Topic.EMPLOYEE_LOCATIONS, Topic.GATEWAYS, Topic.POLICIES);
        Ended refused = replay("refused");
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains(NAME + ".consents.v1", "READ");

        mayRead(Topic.CONSENTS);
        Ended replayed = replay("allowed");
        assertThat(replayed.err()).contains("3 violations");
        assertThat(replayed.code()).isZero();

        Ended unverified = run("verify");
        assertThat(unverified.code()).isEqualTo(3);
        assertThat(unverified.err()).contains(NAME + ".violations.v1", "READ");

        Ended unfollowed = Program.run("tail", "--config", Program.config(dir, asInvestigator()));
        assertThat(unfollowed.code()).isEqualTo(3);
        assertThat(unfollowed.err()).contains(NAME + ".violations.v1", "READ");

        mayRead(Topic.VIOLATIONS, Topic.LEDGER);
        Ended verified = run("verify");
        assertThat(verified.out()).hasSize(3).allMatch(line -> line.startsWith("MISSING"));
        assertThat(verified.code()).isEqualTo(1);

        assertThat(followed()).isEqualTo("ev-1");

        assertThat(admin.listGroups().all().get()).isEmpty();
        Collection<AclBinding> acls =
                admin.describeAcls(AclBindingFilter.ANY).values().get();
        assertThat(acls).allMatch(acl -> acl.entry().operation() == AclOperation.READ);
    }

    private static void mayRead(Topic... topics) throws Exception {
        admin.createAcls(Stream.of(topics)
                        .map(topic -> new AclBinding(
                                new ResourcePattern(ResourceType.TOPIC, deployment.topic(topic), PatternType.LITERAL),
                                new AccessControlEntry(
                                        "User:investigator", "*", AclOperation.READ, AclPermissionType.ALLOW)))
                        .toList())
                .all()
                .get();
    }

    private static Ended replay(String out) throws Exception {
        return run("replay", "--out", dir.resolve(out).toString());
    }

    private static Map<String, String> asInvestigator() {
        Map<String, String> settings = new HashMap<>(deployment.settings("investigator"));
        settings.putAll(credentials("investigator", "kafka."));
        return settings;
    }

    /** The first violation that an investigator is shown. */
    private static String followed() {
        List<String> seen = new ArrayList<>();
        try (ViolationWriter writer = new ViolationWriter(deployment);
                ViolationFollower follower = new ViolationFollower(
                        Configuration.load(null, Map.of(), asInvestigator()),
                        deployment.serde(),
                        new ViolationFollower.Start.End(),
                        seen::add)) {
            writer.publish(SampleViolation.of("ev-1"));
            while (seen.isEmpty()) {
                follower.poll(violation -> seen.add(violation.getEventId()));
            }
        }
        return seen.get(0);
    }

    private static Ended run(String command, String... more) throws Exception {
        List<String> arguments = Stream.concat(
                        Stream.of(
                                command,
                                "--config",
                                Program.config(dir, asInvestigator()),
                                "--from",
                                "2024-06-01T00:00:00Z",
                                "--to",
                                "2024-07-01T00:00:00Z"),
                        Stream.of(more))
                .toList();
        return Program.run(arguments.toArray(String[]::new));
    }
}
