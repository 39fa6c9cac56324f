package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import eu.cloverwatch.cli.Program.Ended;
import eu.cloverwatch.runtime.Role;
import eu.cloverwatch.wire.Topic;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Role x resource x operation, tried on a broker: allowed where the table of docs/security.md says so, and refused everywhere
 * else.
 */
@Timeout(180)
class AclMatrixTest {

    /** Those of the contract, one that Kafka Streams made, one of an application called almost alike, and anybody's. */
    private static final List<String> TOPICS = Stream.concat(
                    Arrays.stream(Topic.values()).map(Topic::defaultName),
                    Stream.of("cloverwatch-by-actor-repartition", "cloverwatch2-by-actor-repartition", "elsewhere"))
            .toList();

    private static final List<String> GROUPS = List.of(
            "cloverwatch",
            "cloverwatch2",
            "cloverwatch.partner",
            "cloverwatch.partner-siem",
            "cloverwatch.soc",
            "cloverwatch.investigator-jane",
            "cloverwatch.operator",
            "elsewhere");

    private static final List<String> TRANSACTIONS = List.of("cloverwatch-1", "cloverwatch2-1", "elsewhere");

    @TempDir
    static Path dir;

    private static AuthorizingCluster cluster;
    private static Admin admin;
    private static RoleTable table;

    @BeforeAll
    static void makeTopicsAndPermissions() throws Exception {
        cluster = AuthorizingCluster.start(dir);
        admin = Admin.create(cluster.client(AuthorizingCluster.ADMIN));
        table = RoleTable.read();
        Ended applied = topics("apply");
        assertThat(applied.code()).as(applied.err()).isZero();
        admin.createTopics(TOPICS.subList(Topic.values().length, TOPICS.size()).stream()
                        .map(topic -> new NewTopic(topic, 1, (short) 1))
                        .toList())
                .all()
                .get();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                cluster.client(AuthorizingCluster.ADMIN), new StringSerializer(), new StringSerializer())) {
            for (String topic : TOPICS) {
                producer.send(new ProducerRecord<>(topic, 0, "key", "value")).get();
            }
        }
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            admin.close();
            cluster.close();
        }
    }

    private static Ended topics(String what) throws Exception {
        return Program.run(
                "topics", what, "--config", Program.config(dir, cluster.administration(AuthorizingCluster.ADMIN)));
    }

    private static Map<Attempt, Boolean> attempts(Role... roles) throws Exception {
        Map<Attempt, Boolean> attempts = new LinkedHashMap<>();
        for (Role role : roles) {
            attempts.putAll(
                    new Attempts(role, cluster.client(role.configurationName())).all(TOPICS, GROUPS, TRANSACTIONS));
        }
        return attempts;
    }

    private static List<String> otherThanTheTable(Map<Attempt, Boolean> attempts) {
        return attempts.entrySet().stream()
                .filter(attempt -> attempt.getValue() != table.allows(attempt.getKey()))
                .map(attempt -> attempt.getKey() + (attempt.getValue() ? ": allowed" : ": refused"))
                .toList();
    }

    @Test
    void each_role_may_do_what_the_table_says_and_nothing_else() throws Exception {
        Map<Attempt, Boolean> attempts = attempts(Role.values());

        assertThat(otherThanTheTable(attempts)).isEmpty();
        // That everything was tried: eight operations on topics, three on groups, two on transactional ids.
        assertThat(attempts)
                .hasSize(Role.values().length * (8 * TOPICS.size() + 3 * GROUPS.size() + 2 * TRANSACTIONS.size()));
        assertThat(attempts.values()).contains(true, false);
    }

    @Test
    void applied_again_there_is_nothing_to_do_and_nothing_to_warn_of() throws Exception {
        Ended again = topics("apply");

        assertThat(again.code()).isZero();
        assertThat(again.err()).contains("nothing to do").doesNotContain("warning");
    }

    @Test
    void what_is_given_beside_the_roles_is_noticed_by_the_matrix_and_by_the_plan() throws Exception {
        AclBinding surplus = binding("User:soc", AclOperation.READ, "cloverwatch.con", PatternType.PREFIXED);
        AclBinding everybody = binding("User:*", AclOperation.DESCRIBE_CONFIGS, "*", PatternType.LITERAL);
        AclBinding deny = new AclBinding(
                new ResourcePattern(ResourceType.GROUP, "cloverwatch", PatternType.LITERAL),
                new AccessControlEntry("User:monitor", "*", AclOperation.READ, AclPermissionType.DENY));
        AclBinding elsewhere = binding("User:soc", AclOperation.WRITE, "elsewhere2", PatternType.LITERAL);
        List<AclBinding> all = List.of(surplus, everybody, deny, elsewhere);
        admin.createAcls(all).all().get();
        try {
            assertThat(topics("plan").err().lines().filter(line -> line.startsWith("warning")))
                    .containsExactly(
                            "warning: User:* DESCRIBE_CONFIGS TOPIC *: no role gives that",
                            "warning: User:monitor DENY READ GROUP cloverwatch: takes away what a role gives",
                            "warning: User:soc READ TOPIC cloverwatch.con... (prefix): no role gives that");
            assertThat(otherThanTheTable(attempts(Role.SOC, Role.MONITOR)))
                    .contains(
                            "soc READ TOPIC cloverwatch.consents.v1: allowed",
                            "soc DESCRIBE TOPIC cloverwatch.consents.v1: allowed",
                            "soc DESCRIBE_CONFIGS TOPIC cloverwatch.consents.v1: allowed",
                            "monitor READ GROUP cloverwatch: refused")
                    .doesNotContain("soc WRITE TOPIC cloverwatch.consents.v1: allowed");
        } finally {
            admin.deleteAcls(all.stream().map(AclBinding::toFilter).toList())
                    .all()
                    .get();
        }
    }

    @Test
    void what_no_permission_names_may_be_open_to_all_and_is_warned_of() throws Exception {
        Map<String, String> settings = cluster.settings(AuthorizingCluster.ADMIN);
        settings.put("cloverwatch.application.id", "sparse");
        settings.put("cloverwatch.topics.prefix", "sparse.");
        settings.put("cloverwatch.acl.soc", "User:soc");

        Ended planned = Program.run("topics", "plan", "--config", Program.config(dir, settings));

        assertThat(planned.err())
                .contains("warning: TOPIC sparse.consents.v1: no ACL names it")
                .contains("warning: GROUP sparse: no ACL names it")
                .doesNotContain("sparse.findings.ocsf.v1: no ACL names it");
    }

    /** docs/operations.md, Topics. */
    @Test
    void an_administrator_needs_what_the_page_says_and_is_told_what_is_missing() throws Exception {
        Map<String, String> settings = cluster.administration(AuthorizingCluster.NEWCOMER);
        settings.put("cloverwatch.application.id", "least");
        settings.put("cloverwatch.topics.prefix", "least.");
        String[] apply = {"topics", "apply", "--config", Program.config(dir, settings)};
        String principal = "User:" + AuthorizingCluster.NEWCOMER;
        // In the order in which they are missed.
        List<AclBinding> needed = List.of(
                binding(principal, AclOperation.DESCRIBE, "least.", PatternType.PREFIXED),
                binding(principal, AclOperation.DESCRIBE_CONFIGS, "least.", PatternType.PREFIXED),
                ofTheCluster(principal, AclOperation.DESCRIBE),
                binding(principal, AclOperation.CREATE, "least.", PatternType.PREFIXED),
                binding(principal, AclOperation.ALTER_CONFIGS, "least.", PatternType.PREFIXED),
                ofTheCluster(principal, AclOperation.ALTER));
        // One that is there already, so that its configuration is asked for, and changed.
        admin.createTopics(List.of(
                        new NewTopic("least.ledger.v1", 1, (short) 1).configs(Map.of("retention.ms", "3600000"))))
                .all()
                .get();
        for (AclBinding next : needed) {
            Ended refused = Program.run(apply);
            assertThat(refused.code()).as(refused.err()).isEqualTo(3);
            assertThat(refused.err())
                    .contains("no permission; " + next.entry().operation() + " on the ")
                    .contains(next.pattern().resourceType() == ResourceType.CLUSTER ? "cluster is" : "topic");
            admin.createAcls(List.of(next)).all().get();
            await().until(() ->
                    admin.describeAcls(AclBindingFilter.ANY).values().get().contains(next));
        }
        Ended applied = Program.run(apply);
        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(applied.err())
                .contains("warning: User:newcomer CREATE TOPIC least.... (prefix): no role gives that");
        admin.deleteAcls(needed.stream().map(AclBinding::toFilter).toList())
                .all()
                .get();
    }

    private static AclBinding ofTheCluster(String principal, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }

    private static AclBinding binding(String principal, AclOperation operation, String topic, PatternType pattern) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, pattern),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }
}
