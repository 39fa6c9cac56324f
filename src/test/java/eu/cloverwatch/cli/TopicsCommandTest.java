package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.cloverwatch.cli.Program.Ended;
import eu.cloverwatch.runtime.LoopbackCluster;
import eu.cloverwatch.wire.Topic;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a cluster without an authorizer; permissions: AclMatrixTest. */
@Timeout(120)
class TopicsCommandTest {

    @TempDir
    static Path dir;

    private static LoopbackCluster cluster;
    private static Admin admin;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = LoopbackCluster.start(dir);
        admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    }

    @AfterAll
    static void stopCluster() {
        admin.close();
        cluster.close();
    }

    /** With a prefix of its own, for one broker. */
    private static Map<String, String> settings(String name) {
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", cluster.bootstrapServers());
        settings.put("cloverwatch.topics.prefix", name + ".");
        settings.put("cloverwatch.topics.partitions", "4");
        settings.put("cloverwatch.topics.replication.factor", "1");
        settings.put("cloverwatch.topics.min.insync.replicas", "1");
        return settings;
    }

    private static Ended topics(String what, Map<String, String> settings, String... more) throws Exception {
        String[] arguments = new String[4 + more.length];
        arguments[0] = "topics";
        arguments[1] = what;
        arguments[2] = "--config";
        arguments[3] = Program.config(dir, settings);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Program.run(arguments);
    }

    private static Set<String> names(String prefix) throws Exception {
        return admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(prefix + "."))
                .collect(Collectors.toSet());
    }

    private static TopicDescription describe(String topic) throws Exception {
        return Objects.requireNonNull(
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
    }

    private static Config config(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return Objects.requireNonNull(
                admin.describeConfigs(List.of(resource)).all().get().get(resource));
    }

    @Test
    void what_is_missing_is_planned_made_and_then_there_is_nothing_to_do() throws Exception {
        Ended planned = topics("plan", settings("fresh"));
        assertThat(planned.code()).isZero();
        assertThat(planned.out()).hasSize(Topic.values().length).allMatch(line -> line.startsWith("create   fresh."));
        assertThat(planned.err()).contains("to do: 12 topics, 0 settings").contains("no cloverwatch.acl.* is set");
        assertThat(names("fresh")).isEmpty();

        assertThat(topics("apply", settings("fresh"), "--dry-run").out()).isEqualTo(planned.out());
        assertThat(names("fresh")).isEmpty();

        Ended applied = topics("apply", settings("fresh"));
        assertThat(applied.code()).isZero();
        assertThat(applied.out()).hasSize(Topic.values().length).allMatch(line -> line.startsWith("created  fresh."));
        assertThat(names("fresh"))
                .isEqualTo(Arrays.stream(Topic.values())
                        .map(topic -> "fresh." + topic.baseName())
                        .collect(Collectors.toSet()));
        assertThat(describe("fresh.policies.v1").partitions()).hasSize(1);
        assertThat(describe("fresh.consents.v1").partitions()).hasSize(4);
        assertThat(config("fresh.violations.v1").get("max.message.bytes").value())
                .isEqualTo("8388608");
        writeToEveryPartition("fresh.access-events.v1", 4);

        Ended again = topics("apply", settings("fresh"));
        assertThat(again.code()).isZero();
        assertThat(again.out()).allMatch(line -> line.startsWith("right    fresh."));
        assertThat(again.err()).contains("nothing to do");
    }

    /** With the producer that is the first to suffer from a topic that is not quite there. */
    private static void writeToEveryPartition(String topic, int partitions) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        cluster.bootstrapServers(),
                        "delivery.timeout.ms",
                        10_000,
                        "linger.ms",
                        0,
                        "request.timeout.ms",
                        5_000),
                new StringSerializer(),
                new StringSerializer())) {
            for (int partition = 0; partition < partitions; partition++) {
                producer.send(new ProducerRecord<>(topic, partition, "k", "v")).get();
            }
        }
    }

    @Test
    void what_differs_is_put_right_where_nothing_can_be_lost_and_else_shown_with_the_command() throws Exception {
        admin.createTopics(List.of(
                        new NewTopic("old.consents.v1", 2, (short) 1)
                                .configs(Map.of("cleanup.policy", "compact,delete", "retention.ms", "1000")),
                        new NewTopic("old.access-events.v1", 4, (short) 1).configs(Map.of("retention.ms", "-1")),
                        new NewTopic("old.policies.v1", 3, (short) 1).configs(Map.of("cleanup.policy", "delete"))))
                .all()
                .get();

        Ended planned = topics("plan", settings("old"));
        assertThat(planned.out())
                .contains(
                        "differs  old.consents.v1",
                        "    cleanup.policy is compact,delete, apply makes it compact",
                        "    min.compaction.lag.ms is 0, apply makes it 34560000000 (400 d)",
                        "    partitions is 2, should be 4; left: events would look for their facts in other partitions;"
                                + " it cannot be changed any more",
                        "    retention.ms is -1, should be 34560000000 (400 d); left: records would be deleted sooner",
                        "        kafka-configs.sh --bootstrap-server " + cluster.bootstrapServers()
                                + " --alter --entity-type topics --entity-name old.access-events.v1"
                                + " --add-config 'retention.ms=34560000000'",
                        "    cleanup.policy is delete, should be compact; left:"
                                + " records that are kept now would be removed by compact",
                        "    partitions is 3, should be 1; left:"
                                + " all policies must be in one partition, and Kafka takes none away")
                .doesNotContain("right    old.consents.v1");

        Ended applied = topics("apply", settings("old"));
        assertThat(applied.code()).isZero();
        assertThat(applied.out()).contains("    cleanup.policy was compact,delete, is now compact");
        assertThat(applied.err()).contains("done: 9 topics, 3 settings").contains("4 differences are left");
        assertThat(config("old.consents.v1").get("cleanup.policy").value()).isEqualTo("compact");
        assertThat(config("old.consents.v1").get("min.compaction.lag.ms").value())
                .isEqualTo("34560000000");
        assertThat(describe("old.consents.v1").partitions()).hasSize(2);
        assertThat(config("old.access-events.v1").get("retention.ms").value()).isEqualTo("-1");
        assertThat(config("old.policies.v1").get("cleanup.policy").value()).isEqualTo("delete");

        Ended again = topics("apply", settings("old"));
        assertThat(again.err()).contains("nothing to do").contains("4 differences are left");
    }

    @Test
    void a_topic_that_is_nobody_s_is_left_alone() throws Exception {
        admin.createTopics(List.of(new NewTopic("alone.access-events.v0", 1, (short) 1)))
                .all()
                .get();
        assertThat(topics("apply", settings("alone")).code()).isZero();
        assertThat(names("alone")).hasSize(Topic.values().length + 1).contains("alone.access-events.v0");
    }

    @Test
    void json_has_the_whole_plan() throws Exception {
        admin.createTopics(List.of(new NewTopic("json.policies.v1", 2, (short) 1)))
                .all()
                .get();
        Ended planned = topics("plan", settings("json"), "--json");

        assertThat(planned.out()).hasSize(1);
        JsonNode plan = JsonMapper.builder().build().readTree(planned.out().get(0));
        assertThat(plan.at("/applied").asBoolean()).isFalse();
        assertThat(plan.at("/nothing_to_do").asBoolean()).isFalse();
        assertThat(plan.at("/topics")).hasSize(Topic.values().length);
        assertThat(plan.at("/topics/0/create/settings/cleanup.policy").asText()).isEqualTo("delete");
        JsonNode policies = plan.at("/topics/4");
        assertThat(policies.at("/name").asText()).isEqualTo("json.policies.v1");
        assertThat(policies.at("/differences")).anySatisfy(difference -> {
            assertThat(difference.at("/setting").asText()).isEqualTo("partitions");
            assertThat(difference.at("/applied").asBoolean()).isFalse();
            assertThat(difference.at("/reason").asText()).isNotEmpty();
        });
        assertThat(plan.at("/acls/state").asText()).isEqualTo("not_asked");
    }

    @Test
    void more_replicas_than_brokers_are_the_user_s_to_change_and_nothing_is_made() throws Exception {
        Map<String, String> settings = settings("three");
        settings.remove("cloverwatch.topics.replication.factor");
        settings.remove("cloverwatch.topics.min.insync.replicas");

        Ended planned = topics("plan", settings);
        assertThat(planned.code()).isZero();
        assertThat(planned.err())
                .contains("warning: cloverwatch.topics.replication.factor is 3, but 1 broker is there");
        Ended applied = topics("apply", settings);
        assertThat(applied.code()).isEqualTo(2);
        assertThat(applied.err())
                .contains("cloverwatch.topics.replication.factor is 3")
                .contains("nothing was done");
        assertThat(names("three")).isEmpty();
    }

    @Test
    void without_an_authorizer_topics_are_made_and_permissions_are_said_to_be_impossible() throws Exception {
        Map<String, String> settings = settings("open");
        settings.put("cloverwatch.acl.soc", "User:soc");

        Ended planned = topics("plan", settings);
        assertThat(planned.code()).isZero();
        assertThat(planned.err()).contains("warning: the cluster has no authorizer");
        Ended applied = topics("apply", settings);
        assertThat(applied.code()).isEqualTo(3);
        assertThat(applied.out()).hasSize(Topic.values().length).allMatch(line -> line.startsWith("created  open."));
        assertThat(applied.err()).contains("cloverwatch.acl.* is set").contains("has no authorizer");
        assertThat(names("open")).hasSize(Topic.values().length);
    }

    @Test
    void no_broker_a_missing_address_and_no_subcommand_are_told_apart() throws Exception {
        Map<String, String> settings = settings("nowhere");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String nowhere = "127.0.0.1:" + free.getLocalPort();
            free.close();
            settings.put("kafka.bootstrap.servers", nowhere);
            settings.put("kafka.default.api.timeout.ms", "2000");
            settings.put("kafka.request.timeout.ms", "2000");
            Ended away = topics("apply", settings);
            assertThat(away.code()).isEqualTo(3);
            assertThat(away.err()).contains("no broker answers at " + nowhere);
        }
        settings.remove("kafka.bootstrap.servers");
        Ended unset = topics("plan", settings);
        assertThat(unset.code()).isEqualTo(2);
        assertThat(unset.err()).contains("kafka.bootstrap.servers is not set");

        Ended what = Program.run("topics");
        assertThat(what.code()).isEqualTo(2);
        assertThat(what.err()).contains("expected what to do: plan or apply");
    }
}
