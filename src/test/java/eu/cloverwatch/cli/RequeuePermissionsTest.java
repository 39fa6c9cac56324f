package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.cli.Program.Ended;
import eu.cloverwatch.runtime.Role;
import eu.cloverwatch.topology.Rejects;
import eu.cloverwatch.v1.AgeBand;
import eu.cloverwatch.v1.GatewayApproval;
import eu.cloverwatch.v1.GatewayStatus;
import eu.cloverwatch.v1.Grant;
import eu.cloverwatch.v1.SubjectConsent;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An operator with the operator's role and nothing else. The rejects are put there by hand. */
@Timeout(180)
class RequeuePermissionsTest {

    private static final Instant EARLY = Instant.parse("2024-06-01T00:00:00Z");
    private static final int SMALL_MESSAGE_BYTES = 2_000;

    @TempDir
    static Path dir;

    private static AuthorizingCluster cluster;
    private static RecordSerde serde;

    @BeforeAll
    static void administer() throws Exception {
        cluster = AuthorizingCluster.start(dir);
        serde = cluster.serde();
        cluster.apply();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            serde.close();
            cluster.close();
        }
    }

    @Test
    void readOnTheRejectsAndWriteOnTheOriginAreEnough() throws Exception {
        String place = reject(Topic.CONSENTS, "S-1", consent("S-1", 0));

        Ended listed = rejects("list", "--record", place);
        assertThat(listed.code()).as(listed.err()).isZero();
        assertThat(listed.out()).singleElement().asString().contains("by hand");
        Ended sent = rejects("requeue", "--record", place);

        assertThat(sent.code()).as(sent.err()).isZero();
        assertThat(sent.out()).singleElement().asString().startsWith(place + " -> cloverwatch.consents.v1-");
        // To look for it there takes READ, which an operator has not.
        Ended looked = rejects("list", "--record", place, "--requeued");
        assertThat(looked.code()).isEqualTo(3);
        assertThat(looked.err()).contains("cloverwatch.consents.v1", "READ");
    }

    @Test
    void anApprovalIsNotTheOperatorsToSubmit() throws Exception {
        GatewayApproval approval = GatewayApproval.newBuilder()
                .setGatewayId("G-1")
                .setSite("dublin-1")
                .setStatus(GatewayStatus.APPROVED)
                .setApprovedBy("operator")
                .setEffectiveFrom(EARLY)
                .setRecordedAt(EARLY)
                .setDestinations(List.of("*"))
                .setCategories(List.of("*"))
                .setPurposes(List.of("*"))
                .setReviewedBuilds(List.of())
                .build();
        String place = reject(Topic.GATEWAYS, "G-1", approval);

        Ended refused = rejects("requeue", "--record", place);

        assertThat(refused.code()).as(refused.err()).isEqualTo(3);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("cloverwatch.gateways.v1");
    }

    @Test
    void whenOneOfSeveralCannotBePublishedThoseThatWereAreListed() throws Exception {
        String small = reject(Topic.CONSENTS, "S-2", consent("S-2", 0));
        String large = reject(Topic.CONSENTS, "S-3", consent("S-3", 300));
        limitMessages(SMALL_MESSAGE_BYTES);
        try {
            Ended ended = rejects("requeue", "--record", small, large);

            assertThat(ended.code()).as(ended.err()).isEqualTo(3);
            assertThat(ended.out()).singleElement().asString().startsWith(small + " -> ");
            assertThat(ended.err())
                    .contains("1 of 2 records were sent", large + " could not be published")
                    .doesNotContain("S-2", "S-3");
        } finally {
            limitMessages(1 << 20);
        }
    }

    private static void limitMessages(int bytes) throws Exception {
        try (Admin admin = Admin.create(cluster.client(AuthorizingCluster.ADMIN))) {
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topic.CONSENTS.defaultName());
            admin.incrementalAlterConfigs(Map.of(
                            topic,
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", Integer.toString(bytes)),
                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private static Ended rejects(String... arguments) throws IOException {
        Map<String, String> settings = cluster.settings(Role.OPERATOR.configurationName());
        List<String> all = new ArrayList<>(List.of("rejects", arguments[0], "--config", Program.config(dir, settings)));
        all.addAll(List.of(arguments).subList(1, arguments.length));
        return Program.run(all.toArray(String[]::new));
    }

    private static SubjectConsent consent(String subject, int grants) {
        List<Grant> all = new ArrayList<>();
        for (int i = 0; i < grants; i++) {
            all.add(new Grant("PURPOSE_" + i, true, List.of()));
        }
        return SubjectConsent.newBuilder()
                .setSubjectId(subject)
                .setResidenceCountry("DE")
                .setAgeBand(AgeBand.ADULT)
                .setEffectiveFrom(EARLY)
                .setRecordedAt(EARLY)
                .setGrants(all)
                .build();
    }

    /** Returns where it is. */
    private static String reject(Topic origin, String key, SpecificRecord value) throws Exception {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topic.REJECTS.defaultName(), utf8(key), serde.serialize(origin.defaultName(), value));
        record.headers()
                .add(Rejects.REASON, utf8("by hand"))
                .add(Rejects.TOPIC, utf8(origin.defaultName()))
                .add(Rejects.PARTITION, utf8("0"))
                .add(Rejects.OFFSET, utf8("0"))
                .add(Rejects.TIMESTAMP, utf8(EARLY.toString()));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                cluster.client(AuthorizingCluster.ADMIN), new ByteArraySerializer(), new ByteArraySerializer())) {
            RecordMetadata place = producer.send(record).get();
            return place.topic() + "-" + place.partition() + "@" + place.offset();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
