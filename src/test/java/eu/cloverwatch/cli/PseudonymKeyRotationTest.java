package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import eu.cloverwatch.cli.Program.Ended;
import eu.cloverwatch.model.Pseudonyms;
import eu.cloverwatch.model.SubjectId;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.LoopbackCluster;
import eu.cloverwatch.runtime.Monitor;
import eu.cloverwatch.runtime.Quiescence;
import eu.cloverwatch.runtime.SampleRecords;
import eu.cloverwatch.topology.StateStores;
import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.v1.AgeBand;
import eu.cloverwatch.v1.Subject;
import eu.cloverwatch.v1.SubjectConsent;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A monitor is stopped, gets another key with another id, and is started on what it had. */
@Timeout(180)
class PseudonymKeyRotationTest {

    private static final byte[] FIRST = new byte[32];
    private static final byte[] SECOND =
            "another key of thirty-two bytes.".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** Of whom there is an access before the change, and one after. */
    private static final String SUBJECT = "S-1";

    /** Of whom there is one before it, and a consent after it. */
    private static final String MOVED = "S-2";

    private static final String STAYED = "S-3";

    @TempDir
    static Path dir;

    private static LoopbackCluster cluster;
    private static Deployment deployment;
    private static List<Violation> before;
    private static List<Violation> violations;

    @TempDir
    private Path files;

    @BeforeAll
    static void rotate() throws IOException, InterruptedException {
        cluster = LoopbackCluster.start(dir);
        deployment = cluster.deploy("rotated");
        deployment.publish(
                SampleRecords.policy(),
                access("before", SUBJECT, "DE"),
                access("of-one-who-moved", MOVED, null),
                access("of-one-who-stayed", STAYED, "DE"));
        run();
        before = deployment.violations();

        deployment
                .with("cloverwatch.pseudonym.key", Base64.getEncoder().encodeToString(SECOND))
                .with("cloverwatch.pseudonym.key.id", "k2");
        deployment.publish(access("after", SUBJECT, "DE"), consent(MOVED, "IE"), consent(STAYED, "DE"));
        run();
        violations = deployment.violations();
    }

    @AfterAll
    static void stop() {
        deployment.close();
        cluster.close();
    }

    @Test
    void whatIsFoundAfterTheChangeIsUnderTheNewKeyAndWhatWasPublishedStaysAsItWas() {
        assertThat(violations).containsAll(before);
        assertThat(of("before"))
                .singleElement()
                .satisfies(violation -> assertThat(pseudonym(violation))
                        .isEqualTo(new Pseudonyms("k1", FIRST).of(new SubjectId(SUBJECT))));
        assertThat(of("after"))
                .singleElement()
                .satisfies(violation -> assertThat(pseudonym(violation))
                        .isEqualTo(new Pseudonyms("k2", SECOND).of(new SubjectId(SUBJECT))));
    }

    @Test
    void aRevisionOfWhatWasFoundBeforeKeepsItsPseudonymSoThatNothingTellsTheTwoAreOne() {
        List<Violation> revisions = of("of-one-who-moved");

        assertThat(revisions)
                .extracting(Violation::getStatus)
                .containsExactly(ViolationStatus.OPEN, ViolationStatus.AMENDED);
        String first = pseudonym(revisions.get(0));
        assertThat(first).startsWith("k1:");
        assertThat(pseudonym(revisions.get(1))).isEqualTo(first);
        assertThat(revisions.get(1).getCause()).startsWith("consents/" + first + " effective");
        assertThat(revisions.get(1).toString()).doesNotContain("k2:");
    }

    @Test
    void aViolationThatIsJudgedAgainAndIsTheSameButForTheKeyIsNoRevision() {
        assertThat(of("of-one-who-stayed")).hasSize(1);
    }

    @Test
    void verifyWithTheNewKeySaysThatPseudonymsWereNotComparedAndFindsTheChainsIntact() throws IOException {
        Ended ended = Program.run(
                "verify",
                "--config",
                Program.config(dir, deployment.settings("verify")),
                "--from",
                "2025-01-01T00:00:00Z",
                "--to",
                "2026-01-01T00:00:00Z");

        assertThat(ended.out()).isEmpty();
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err())
                .contains("note: some violations name subjects by another pseudonym key", violations.size() + " links");
    }

    @Test
    void replayNamesEverybodyByTheNewKey() throws IOException {
        Path out = files.resolve("report");
        Ended ended = Program.run(
                "replay",
                "--config",
                Program.config(dir, deployment.settings("replay")),
                "--from",
                "2025-01-01T00:00:00Z",
                "--to",
                "2026-01-01T00:00:00Z",
                "--out",
                out.toString());

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(Files.readAllLines(out.resolve("violations.ndjson")))
                .hasSize(4)
                .allMatch(line -> line.contains("\"k2:"));
    }

    private static void run() throws InterruptedException {
        try (Quiescence quiescence = new Quiescence(deployment.configuration("quiescence"), StateStores.WORK);
                Monitor monitor = deployment.monitor("a")) {
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(50))
                    .until(quiescence::isQuiet);
            assertThat(monitor.ended()).isNotDone();
        }
    }

    private static List<Violation> of(String event) {
        return violations.stream()
                .filter(violation -> violation.getEventId().equals(event))
                .toList();
    }

    private static String pseudonym(Violation violation) {
        return String.valueOf(violation.getSubject().getPseudonym());
    }

    private static Arrival access(String id, String subject, @org.jspecify.annotations.Nullable String country) {
        return SampleRecords.event(AccessEvent.newBuilder(SampleRecords.leak(id))
                .setSubject(new Subject(subject, country, 1L, false))
                .build());
    }

    private static Arrival consent(String subject, String country) {
        Instant from = SampleRecords.NOON.minus(Duration.ofDays(1));
        SubjectConsent consent = SubjectConsent.newBuilder()
                .setSubjectId(subject)
                .setResidenceCountry(country)
                .setAgeBand(AgeBand.ADULT)
                .setEffectiveFrom(from)
                .setRecordedAt(from)
                .setGrants(List.of())
                .build();
        return new Arrival(Topic.CONSENTS, subject, new Arrival.Value(consent), from);
    }
}
