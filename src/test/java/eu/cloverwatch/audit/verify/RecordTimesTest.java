package eu.cloverwatch.audit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import eu.cloverwatch.audit.replay.ReplayProgress;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.LoopbackCluster;
import eu.cloverwatch.runtime.Monitor;
import eu.cloverwatch.runtime.SampleRecords;
import eu.cloverwatch.topology.TopologySettings.StoreKind;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records whose timestamps no clock has shown, and that a broker accepts. */
@Timeout(120)
class RecordTimesTest {

    @TempDir
    Path dir;

    /** Java's producer refuses negative timestamps, but looks only when the record is made. */
    private static final class Undated extends ProducerRecord<byte[], byte[]> {

        Undated(String topic, byte @Nullable [] key, byte @Nullable [] value) {
            super(topic, 0, 0L, key, value);
        }

        @Override
        public Long timestamp() {
            return -1L;
        }
    }

    @Test
    void theLedgerAgreesOnRecordsWithoutTimestampsAndFromTheEndOfTime() throws Exception {
        try (LoopbackCluster cluster = LoopbackCluster.start(dir);
                Deployment deployment = cluster.deploy("times").with("cloverwatch.ledger.epoch-records", "2")) {
            acceptAnyTimestamp(deployment, cluster);
            deployment.publish(SampleRecords.policy());
            publish(deployment);
            assertThat(deployment.records(Topic.ACCESS_EVENTS))
                    .extracting(record -> record.timestamp())
                    .containsExactly(-1L, -1L, Long.MAX_VALUE, Long.MAX_VALUE);
            assertThat(deployment.records(Topic.ACCESS_EVENTS))
                    .allMatch(record -> record.timestampType() == TimestampType.CREATE_TIME);
            try (Monitor monitor = Monitor.start(deployment.configuration("a"), StoreKind.IN_MEMORY)) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> monitor.ended().isDone()
                                || deployment.records(Topic.LEDGER).size() >= 2);
                assertThat(monitor.ended()).isNotDone();
            }

            Verified verified = new Verification(
                            deployment.history(2),
                            deployment.pseudonyms(),
                            deployment.configuration("a").lookback(),
                            dir,
                            ReplayProgress.NONE)
                    .run(Instant.EPOCH, SampleRecords.NOON.plus(Duration.ofDays(1)));

            assertThat(verified.differences()).isEmpty();
            assertThat(verified.epochs()).isEqualTo(2);
            assertThat(verified.links()).isEqualTo(1);
            assertThat(verified.outcomes())
                    .containsEntry(Outcome.REJECTED, 2L)
                    .containsEntry(Outcome.IN_REGION, 1L)
                    .containsEntry(Outcome.VIOLATION, 1L);
        }
    }

    private static void publish(Deployment deployment) {
        String events = deployment.topic(Topic.ACCESS_EVENTS);
        byte[] staying = deployment
                .serde()
                .serialize(events, ((Arrival.Value) SampleRecords.staying("e-1").payload()).record());
        byte[] leaking = deployment.serde().serialize(events, SampleRecords.leak("e-2"));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                new HashMap<>(deployment.configuration("hand").kafka()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new Undated(deployment.topic(Topic.GATEWAYS), "G-1".getBytes(UTF_8), null));
            producer.send(new Undated(deployment.topic(Topic.EMPLOYEE_LOCATIONS), "E-1".getBytes(UTF_8), null));
            producer.send(new Undated(deployment.topic(Topic.CONSENTS), "S-1".getBytes(UTF_8), null));
            producer.send(new Undated(events, null, new byte[] {42}));
            producer.send(new Undated(events, null, staying));
            producer.send(new ProducerRecord<>(events, 0, Long.MAX_VALUE, null, staying));
            producer.send(new ProducerRecord<>(events, 0, Long.MAX_VALUE, null, leaking));
            producer.flush();
        }
    }

    /** As brokers before 4.0 do, unless they are told otherwise. */
    private static void acceptAnyTimestamp(Deployment deployment, LoopbackCluster cluster) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, deployment.topic(Topic.ACCESS_EVENTS)),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)),
                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }
}
