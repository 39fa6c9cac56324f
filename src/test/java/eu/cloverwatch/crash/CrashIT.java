package eu.cloverwatch.crash;

import eu.cloverwatch.audit.Check;
import eu.cloverwatch.audit.Differences;
import eu.cloverwatch.audit.verify.Verified;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.PublishedLedger;
import eu.cloverwatch.runtime.PublishedRejects;
import eu.cloverwatch.runtime.PublishedViolations;
import eu.cloverwatch.topology.NaiveIncidents;
import eu.cloverwatch.v1.Incident;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.ScenarioDirectory;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * {@code kill -9}, again and again, of two instances that share the partitions and of their broker, while facts become known
 * late; in the end everything is as if nothing had happened. The long version: {@code ./mvnw -q -B verify -Pcrash}, with
 * {@code -Dcloverwatch.crash.kills}, {@code .broker-kills}, {@code .events} and {@code .seed} if wanted.
 */
class CrashIT {

    private static final String PREFIX = "cloverwatch.crash.";
    private static final int EVENTS_PER_KILL = 300;

    @Test
    @Timeout(300)
    void a_few_kills_change_nothing() throws IOException {
        survives(Long.getLong(PREFIX + "seed", 1), 4, 1, 1_500);
    }

    @Test
    @Tag("crash")
    @Timeout(7200)
    void many_kills_change_nothing() throws IOException {
        int kills = Integer.getInteger(PREFIX + "kills", 24);
        survives(
                Long.getLong(PREFIX + "seed", System.nanoTime()),
                kills,
                Integer.getInteger(PREFIX + "broker-kills", Math.max(1, kills / 6)),
                Integer.getInteger(PREFIX + "events", EVENTS_PER_KILL * kills));
    }

    private static void survives(long seed, int kills, int brokerKills, int events) throws IOException {
        System.out.printf("crash: seed %d, %d kills of instances, %d of the broker%n", seed, kills, brokerKills);
        long start = System.nanoTime();
        List<Arrival> arrivals = LateWorld.arrivals(seed, events);
        List<Strike> strikes = CrashRun.strikes(seed, kills, brokerKills, arrivals.size());
        try (CrashRun run = new CrashRun(arrivals)) {
            run.run(strikes, seed);
            String summary = asIfNothingHadHappened(run, seed);
            System.out.printf(
                    "crash: seed %d: %d kill -9 of instances, %d of the broker; %s; %d s%n",
                    seed,
                    strikes.stream().mapToInt(strike -> strike.victims().size()).sum(),
                    strikes.stream().filter(Strike::broker).count(),
                    summary,
                    Duration.ofNanos(System.nanoTime() - start).toSeconds());
        }
    }

    private static List<Incident> incidents(Deployment deployment) {
        String topic = deployment.topic(Topic.INCIDENTS);
        return deployment.records(Topic.INCIDENTS).stream()
                .map(record ->
                        (Incident) deployment.serde().deserialize(topic, record.value(), Incident.getClassSchema()))
                .toList();
    }

    private static String asIfNothingHadHappened(CrashRun run, long seed) throws IOException {
        List<String> refused = new ArrayList<>();
        Check.Result expected = check(run.scenario(), refused);
        PublishedViolations violations = PublishedViolations.read(run.deployment());
        PublishedLedger ledger = PublishedLedger.read(run.deployment(), CrashRun.EPOCH_RECORDS);
        PublishedRejects rejects = PublishedRejects.read(run.deployment());
        long events = count(expected.outcomes());

        SoftAssertions soft = new SoftAssertions();
        soft.assertThat(Differences.between(expected.verdicts(), violations.verdicts()))
                .as("check against the monitor, seed %d", seed)
                .isEmpty();
        soft.assertThat(violations.problems()).as("violations, seed %d", seed).isEmpty();
        soft.assertThat(ledger.problems()).as("ledger, seed %d", seed).isEmpty();
        soft.assertThat(count(ledger.outcomes()))
                .as("events in the ledger, seed %d", seed)
                .isEqualTo(events);
        soft.assertThat(ledger.outcomes().get(Outcome.REJECTED))
                .as("rejected events in the ledger, seed %d", seed)
                .isEqualTo(expected.outcomes().get(Outcome.REJECTED))
                .isEqualTo(rejects.of(run.deployment().topic(Topic.ACCESS_EVENTS)));
        soft.assertThat(rejects.problems()).as("rejects, seed %d", seed).isEmpty();
        soft.assertThat(rejects.all()).as("rejects, seed %d", seed).isEqualTo(refused.size());
        List<Violation> revisions = run.deployment().violations();
        soft.assertThat(NaiveIncidents.last(incidents(run.deployment())))
                .as("incidents, seed %d", seed)
                .isEqualTo(NaiveIncidents.of(
                        revisions, run.deployment().configuration("reader").incidentGap()));
        soft.assertThat(run.deployment().records(Topic.FINDINGS_OCSF))
                .as("findings")
                .hasSameSizeAs(revisions);
        Verified verified = run.verify();
        soft.assertThat(verified.differences()).as("verify, seed %d", seed).isEmpty();
        soft.assertThat(verified.violations()).isEqualTo(expected.verdicts().size());
        soft.assertThat(verified.epochs()).as("epochs verified").isGreaterThanOrEqualTo(ledger.fullEpochs());
        // A world in which nothing is late or long enough would prove little.
        soft.assertThat(violations.records()).as("revisions").isGreaterThan(violations.events());
        soft.assertThat(ledger.fullEpochs()).as("full epochs").isPositive();
        soft.assertAll();
        return "%d events, %d violations in %d records on %d chains, %d full epochs, %d rejects"
                .formatted(
                        events,
                        violations.events(),
                        violations.records(),
                        violations.chains(),
                        ledger.fullEpochs(),
                        rejects.all());
    }

    private static long count(Map<Outcome, Long> outcomes) {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Check.Result check(Path directory, List<String> refused) throws IOException {
        ScenarioDirectory scenario = new ScenarioDirectory(directory);
        List<PolicyDocument> policies = PolicyDocument.parseAll(Files.readString(scenario.policyFile()));
        return Check.run(scenario, policies, refused::add, count -> {});
    }
}
