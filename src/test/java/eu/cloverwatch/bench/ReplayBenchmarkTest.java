package eu.cloverwatch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import eu.cloverwatch.audit.replay.Replay;
import eu.cloverwatch.audit.replay.ReplayRequest;
import eu.cloverwatch.audit.replay.ReplaySource;
import eu.cloverwatch.audit.replay.Replayed;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replay against a bare reading of the same records, by turns, with their broker in a process of its own; see
 * docs/performance.md. It runs only in a heap of at most 2 GiB, which is what it is to show.
 */
@Tag("bench")
@Timeout(7200)
class ReplayBenchmarkTest {

    private static final long EVENTS = Long.getLong("bench.events", 10_000_000);
    private static final long CONSENTS = Long.getLong("bench.consents", 5_000_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final int WORKERS =
            Integer.getInteger("bench.workers", Runtime.getRuntime().availableProcessors());
    private static final double LEAST_RATIO = 0.6;
    private static final long MOST_TO_WARM_UP = 500_000;
    private static final long HEAP = 2L << 30;

    private static final List<Topic> READ_BY_REPLAY =
            List.of(Topic.POLICIES, Topic.GATEWAYS, Topic.EMPLOYEE_LOCATIONS, Topic.ACCESS_EVENTS, Topic.CONSENTS);

    private final ReplayRounds rounds = new ReplayRounds();

    @TempDir
    Path dir;

    @Test
    void aReplayKeepsMoreThanHalfTheRateOfReadersThatOnlyDecode() throws IOException {
        assumeThat(Runtime.getRuntime().maxMemory()).as("-Dbench.jvm=-Xmx2g").isLessThanOrEqualTo(HEAP);
        System.out.printf(Locale.ROOT, "%d events, %d consents, %d workers%n", EVENTS, CONSENTS, WORKERS);
        try (ReplayCluster cluster = ReplayCluster.start(dir, "warm-up", "bench")) {
            ReplayWorld small = new ReplayWorld(Math.min(EVENTS, MOST_TO_WARM_UP), Math.min(CONSENTS, MOST_TO_WARM_UP));
            round(cluster.publish("warm-up", small), small);
            ReplayWorld world = new ReplayWorld(EVENTS, CONSENTS);
            Deployment deployment = cluster.publish("bench", world);
            for (int i = 0; i < ROUNDS; i++) {
                ReplayRounds.Round round = round(deployment, world);
                System.out.print(round.table());
                rounds.add(round);
            }
        }
        System.out.print(rounds.summary());
        assertThat(rounds.ratio()).isGreaterThanOrEqualTo(LEAST_RATIO);
    }

    private ReplayRounds.Round round(Deployment deployment, ReplayWorld world) {
        Map<Outcome, Long> planted = world.outcomes();
        ReplaySource source = deployment.history(WORKERS);
        BareReading bare = new BareReading(source);
        Stages everything = bare.read(READ_BY_REPLAY);
        Stages events = bare.read(List.of(Topic.ACCESS_EVENTS));
        List<String> violating = new ArrayList<>();
        System.gc(); // what the readings before have left behind is not the replay's
        try (HeapAfterCollection heap = HeapAfterCollection.watch()) {
            Stages stages = new Stages();
            try (Replayed replayed = new Replay(source, deployment.pseudonyms(), Duration.ofDays(7), dir, stages)
                    .run(new ReplayRequest(ReplayWorld.FROM, ReplayWorld.TO, null, List.of(), null, null))) {
                stages.stage("Giving out", replayed.violations().size());
                replayed.violations().forEach(violation -> violating.add(violation.getEventId()));
                stages.end();
                assertThat(replayed.outcomes()).isEqualTo(planted);
            }
            areThosePlanted(violating, world, planted);
            return new ReplayRounds.Round(everything, events, stages, heap.peakBytes());
        }
    }

    /** As many as were planted, none twice, and each of them one that was planted: the same. */
    private static void areThosePlanted(List<String> violating, ReplayWorld world, Map<Outcome, Long> planted) {
        assertThat((long) violating.size())
                .isEqualTo(planted.getOrDefault(Outcome.VIOLATION, 0L) + planted.getOrDefault(Outcome.UNDECIDABLE, 0L))
                .isPositive();
        assertThat(violating)
                .doesNotHaveDuplicates()
                .extracting(ReplayWorld::number)
                .allMatch(number ->
                        world.outcome(number) == Outcome.VIOLATION || world.outcome(number) == Outcome.UNDECIDABLE);
    }
}
