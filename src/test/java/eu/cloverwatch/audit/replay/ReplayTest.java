package eu.cloverwatch.audit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.audit.replay.Replayed.Uncommitted;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.LoopbackCluster;
import eu.cloverwatch.runtime.SampleRecords;
import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A replay of a few records in the topics of a real broker. */
@Timeout(120)
class ReplayTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Instant T = SampleRecords.NOON;

    @TempDir
    static Path dir;

    private static LoopbackCluster cluster;

    @BeforeAll
    static void startCluster() throws IOException {
        cluster = LoopbackCluster.start(dir);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @Test
    void anEventThatIsSentAgainAfterTheLookbackIsANewOneAsItIsForTheMonitor() {
        try (Deployment deployment = cluster.deploy("sent-again")) {
            deployment.publish(
                    SampleRecords.policy(),
                    leak("e-1", T),
                    leak("e-1", T),
                    leak("e-2", T.plus(WEEK).plusSeconds(1)),
                    leak("e-1", T),
                    leak("e-2", T.plus(WEEK).plusSeconds(1)));

            try (Replayed replayed = replay(deployment)) {
                assertThat(replayed.outcomes())
                        .containsEntry(Outcome.VIOLATION, 3L)
                        .containsEntry(Outcome.DUPLICATE, 2L);
                assertThat(violations(replayed))
                        .extracting(Violation::getEventId)
                        .containsExactly("e-1", "e-1", "e-2");
                assertThat(violations(replayed).get(0).getEvidence().getOffset())
                        .isLessThan(violations(replayed).get(1).getEvidence().getOffset());
            }
        }
    }

    @Test
    void whatIsBehindAnOpenTransactionIsNotReadAndSaid() {
        try (Deployment deployment = cluster.deploy("open");
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", cluster.bootstrapServers(), "transactional.id", "somebody-elses"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            deployment.publish(SampleRecords.policy(), leak("e-1", T));
            ConsumerRecord<byte[], byte[]> first =
                    deployment.records(Topic.ACCESS_EVENTS).get(0);
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(first.topic(), first.partition(), T.toEpochMilli(), null, new byte[1]));
            producer.flush();
            deployment.publish(leak("e-2", T));

            try (Replayed replayed = replay(deployment)) {
                assertThat(violations(replayed))
                        .extracting(Violation::getEventId)
                        .containsExactly("e-1");
                assertThat(replayed.uncommitted())
                        .containsExactly(new Uncommitted(first.topic(), first.partition(), 1, 3));
            }
            producer.abortTransaction();
            try (Replayed replayed = replay(deployment)) {
                assertThat(violations(replayed))
                        .extracting(Violation::getEventId)
                        .containsExactly("e-1", "e-2");
                assertThat(replayed.uncommitted()).isEmpty();
            }
        }
    }

    private static Replayed replay(Deployment deployment) {
        return new Replay(deployment.history(2), deployment.pseudonyms(), WEEK, dir, ReplayProgress.NONE)
                .run(new ReplayRequest(T.minus(WEEK), T.plus(WEEK.multipliedBy(2)), null, List.of(), null, null));
    }

    private static List<Violation> violations(Replayed replayed) {
        List<Violation> violations = new ArrayList<>();
        replayed.violations().forEach(violations::add);
        return violations;
    }

    /** All by one service, and so in one partition. */
    private static Arrival leak(String id, Instant occurredAt) {
        Arrival.Value value = (Arrival.Value) SampleRecords.leaking(id).payload();
        AccessEvent event = AccessEvent.newBuilder((AccessEvent) value.record()).build();
        event.setOccurredAt(occurredAt);
        return new Arrival(Topic.ACCESS_EVENTS, "mailer", new Arrival.Value(event), occurredAt);
    }
}
