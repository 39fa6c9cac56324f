package eu.cloverwatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.bench.Restart.Situation;
import eu.cloverwatch.wire.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How long events wait after a restart or a takeover, with many consents in state; see docs/performance.md. There is no
 * threshold: what is held is that everything is judged again, and with the consents.
 */
@Tag("bench")
@Timeout(7200)
class RestartBenchmarkIT {

    private static final int CONSENTS = Integer.getInteger("bench.consents", 1_000_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    /** As by default the session is the longer one of both: then the transaction's end is waited for anyway. */
    private static final int SESSION_MS = Integer.getInteger("bench.session.ms", 12_000);

    private static final int TRANSACTION_MS = Integer.getInteger("bench.transaction.ms", 4_000);

    /** Enough that every partition has one of those that are asked for. */
    private static final int NEXT_TO_NO_CONSENTS = 100;

    private static final String NAME = "restart";
    private static final String SMALL = "small";

    private static final List<Situation> ALONE =
            List.of(Situation.STOPPED, Situation.KILLED, Situation.LOST, Situation.KILLED_UNCLEAN);

    private final RestartReport report = new RestartReport();
    private final List<Double> bare = new ArrayList<>();

    @Test
    void everythingIsJudgedAgainWithTheConsentsAfterEndsDeathsAndLosses() throws Exception {
        try (RestartCluster cluster = new RestartCluster(NAME, SMALL)) {
            RestartRun small = new RestartRun(cluster, SMALL, NEXT_TO_NO_CONSENTS, settings());
            RestartRun run = new RestartRun(cluster, NAME, CONSENTS, settings());
            fill(cluster, run);
            run.bare(); // warms up
            for (int round = 0; round < ROUNDS; round++) {
                bare.add(run.bare());
                alone(small, List.of(Situation.NO_CONSENTS), round);
                alone(run, ALONE, round);
            }
            inPairs(run, Situation.TAKEN_OVER, Map.of());
            inPairs(run, Situation.STANDBY, Map.of("streams.num.standby.replicas", "1"));
        }
        System.out.println(report.table());
        report.write(Path.of("target", "bench-restart.json"));
    }

    private static Map<String, String> settings() {
        return Map.of(
                "streams.consumer.session.timeout.ms",
                Integer.toString(SESSION_MS),
                "streams.consumer.heartbeat.interval.ms",
                Integer.toString(SESSION_MS / 3),
                "streams.producer.transaction.timeout.ms",
                Integer.toString(TRANSACTION_MS));
    }

    private void fill(RestartCluster cluster, RestartRun run) throws Exception {
        long start = System.nanoTime();
        Instance instance = run.start("a", Map.of());
        run.awaitConsumed();
        report.add("fill_seconds", (System.nanoTime() - start) / 1e9);
        run.stop(instance);
        report.add("store_bytes_per_consent", (double) instance.bytesIn("consents") / CONSENTS);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            LogSizes logs = LogSizes.of(admin);
            report.add(
                    "topic_bytes_per_consent",
                    (double) logs.bytes(run.deployment().topic(Topic.CONSENTS)) / CONSENTS);
            report.add("changelog_bytes_per_consent", (double) logs.bytes(NAME + "-consents-changelog") / CONSENTS);
        }
    }

    private void alone(RestartRun run, List<Situation> situations, int round) throws Exception {
        double unit = bare.get(round);
        Instance a = run.start("a", Map.of());
        try (Probes probes = run.probe()) {
            for (Situation situation : situations) {
                run.awaitSteady(probes);
                if (situation == Situation.KILLED || situation == Situation.KILLED_UNCLEAN) {
                    Set<String> gone = run.idsOf(a);
                    run.awaitWriting(a);
                    report.add(run.measure(situation, unit, probes, gone, () -> {
                        run.kill(a);
                        run.startAgain(a);
                    }));
                } else {
                    run.stop(a);
                    if (situation == Situation.LOST) {
                        a.process().wipe();
                    }
                    report.add(run.measure(situation, unit, probes, Set.of(), () -> run.startAgain(a)));
                }
            }
        }
        run.stop(a);
    }

    private void inPairs(RestartRun run, Situation situation, Map<String, String> settings) throws Exception {
        Instance a = run.start("a", settings);
        Instance b = run.start("b", settings);
        try (Probes probes = run.probe()) {
            for (int round = 0; round < ROUNDS; round++) {
                if (situation == Situation.STANDBY) {
                    run.awaitStandbys(probes);
                } else {
                    run.awaitBalanced(probes);
                }
                latencies(run, probes);
                Set<String> gone = run.idsOf(a);
                run.awaitWriting(a);
                report.add(run.measure(situation, bare.get(round), probes, gone, () -> run.kill(a)));
                if (situation == Situation.TAKEN_OVER) {
                    // It would have a copy of everything that it ever had, for some minutes: a standby without the
                    // name.
                    run.stop(b);
                    b.process().wipe();
                    run.startAgain(b);
                }
                run.startAgain(a);
            }
        }
        run.stop(a);
        run.stop(b);
    }

    /** With little to do. */
    private void latencies(RestartRun run, Probes probes) {
        probes.clear();
        run.awaitSteady(probes);
        List<Long> nanos = probes.latencies(Long.MIN_VALUE);
        assertThat(nanos).isNotEmpty();
        report.add("latency_ms_median_" + report.size(), nanos.get(nanos.size() / 2) / 1e6);
        report.add("latency_ms_99_" + report.size(), nanos.get(nanos.size() * 99 / 100) / 1e6);
    }
}
