package eu.cloverwatch.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.audit.replay.ReplayProgress;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.LoopbackCluster;
import eu.cloverwatch.runtime.SampleRecords;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies topics that somebody goes on writing to. */
@Timeout(120)
class VerificationTest {

    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir
    static Path dir;

    private static LoopbackCluster cluster;
    private @Nullable KafkaProducer<byte[], byte[]> open;

    @BeforeAll
    static void startCluster() throws IOException {
        cluster = LoopbackCluster.start(dir);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Reading facts",
                "Reading events",
                "Reading consents",
                "Judging",
                "Reading the ledger",
                "Reading violations",
                "Comparing with the ledger"
            })
    void whatTheMonitorPublishesMeanwhileIsNoDifference(String stage) {
        try (Deployment deployment = cluster.deploy("meanwhile-" + stage.replace(' ', '-'));
                HandWrittenLog log = new HandWrittenLog(deployment)) {
            log.events(3);
            log.epoch(1, Map.of("REJECTED", 2L));
            During during = new During(stage, () -> {
                log.events(3);
                log.violation(0, 3);
                log.epoch(3, Map.of("REJECTED", 1L, "VIOLATION", 1L));
                log.epoch(5, Map.of("REJECTED", 2L));
            });

            Verified verified = verify(deployment, during);

            assertThat(during.stages).contains(stage);
            assertThat(verified.differences()).isEmpty();
            assertThat(verified.epochs()).isPositive();
        }
    }

    @Test
    void anEpochBeyondTheEndOfTheLogIsFoundThoughTheLogGrowsMeanwhile() {
        try (Deployment deployment = cluster.deploy("beyond");
                HandWrittenLog log = new HandWrittenLog(deployment)) {
            log.events(2);
            log.epoch(1, Map.of("REJECTED", 2L));
            log.epoch(9, Map.of("REJECTED", 8L));

            Verified verified = verify(deployment, new During("Judging", () -> log.events(2)));

            assertThat(verified.differences())
                    .singleElement()
                    .asString()
                    .contains("a log that ends before 4", "removed from the end of the log, or the epoch is forged");
        }
    }

    @Test
    void aRecordBehindAnOpenTransactionIsNotSaidToBeRemovedThoughAnotherPartitionHasTheNext() {
        try (Deployment deployment = cluster.deploy("open");
                HandWrittenLog log = new HandWrittenLog(deployment)) {
            log.violation(0, 100);
            During during = new During("Judging", () -> {
                open = log.violationInOpenTransaction(0, 101);
                log.violation(1, 102);
            });

            Verified verified = verify(deployment, during);

            assertThat(verified.links()).isEqualTo(2);
            assertThat(verified.differences()).isEmpty();
            assertThat(verified.notes())
                    .contains("INCOMPLETE: " + deployment.topic(Topic.VIOLATIONS)
                            + "-0: offsets 1..1 are behind an open transaction and were not read");
        } finally {
            Objects.requireNonNull(open).close(Duration.ZERO);
        }
    }

    @Test
    void aRecordThatIsMissingBeforeWhatCameWhileEndsWereAskedForIsNotMissed() {
        try (Deployment deployment = cluster.deploy("ends");
                HandWrittenLog log = new HandWrittenLog(deployment)) {
            log.violation(0, 100);
            // As the ends tell where its transaction is committed in one partition, and not yet in the other.
            During during = new During("Reading violations", () -> {
                log.next(101);
                log.violation(1, 102);
            });

            Verified verified = verify(deployment, during);

            assertThat(during.stages).contains("Reading violations");
            assertThat(verified.links()).isEqualTo(2);
            assertThat(verified.differences()).isEmpty();
            assertThat(verify(deployment, ReplayProgress.NONE).differences())
                    .singleElement()
                    .asString()
                    .contains("CHAIN", "sequence 1", "removed from the violations topic");
        }
    }

    private static Verified verify(Deployment deployment, ReplayProgress progress) {
        return new Verification(deployment.history(2), deployment.pseudonyms(), WEEK, dir, progress)
                .run(SampleRecords.NOON.minus(WEEK), SampleRecords.NOON.plus(WEEK));
    }

    /** Does something when a stage begins. */
    private static final class During implements ReplayProgress {

        private final String stage;
        private final Runnable deed;
        private final List<String> stages = new ArrayList<>();

        During(String stage, Runnable deed) {
            this.stage = stage;
            this.deed = deed;
        }

        @Override
        public void stage(String name, long total) {
            stages.add(name);
            if (name.equals(stage)) {
                deed.run();
            }
        }

        @Override
        public void done(long more) {}
    }
}
