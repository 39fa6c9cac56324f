package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.LoopbackCluster;
import eu.cloverwatch.runtime.Monitor;
import eu.cloverwatch.runtime.Quiescence;
import eu.cloverwatch.topology.StateStores;
import eu.cloverwatch.topology.TopologySettings.StoreKind;
import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.v1.LedgerEpoch;
import eu.cloverwatch.v1.Severity;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a monitor published is verified; then somebody changes it, and just that is found. */
@Timeout(300)
class VerifyCommandTest {

    private static final String NAME = "verified";
    private static final Path CASE = Path.of("src/test/resources/cases/generated-seed-7");

    @TempDir
    static Path dir;

    private static LoopbackCluster cluster;
    private static Deployment deployment;
    private static TopicCopy original;

    @BeforeAll
    static void monitorACase() throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(CASE), "the cases are not here");
        cluster = LoopbackCluster.start(dir);
        deployment = cluster.deploy(NAME)
                .with("cloverwatch.ledger.epoch-records", "100")
                .with("cloverwatch.lookback", "P3650D")
                .with("cloverwatch.history.horizon", "P3650D");
        Program.publish(CASE, deployment);
        try (Quiescence quiescence = new Quiescence(deployment.configuration("quiescence"), StateStores.WORK);
                Monitor monitor = Monitor.start(deployment.configuration("a"), StoreKind.IN_MEMORY)) {
            await().atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofMillis(50))
                    .until(quiescence::isQuiet);
            assertThat(monitor.ended()).isNotDone();
        }
        original = TopicCopy.of(deployment);
    }

    @AfterAll
    static void stopCluster() {
        if (cluster != null) {
            deployment.close();
            cluster.close();
        }
    }

    @Test
    void whatTheMonitorPublishedIsWhatTheTopicsSay() throws IOException {
        Program.Ended ended = verify(deployment);

        assertThat(ended.out()).isEmpty();
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("0 differences", "epochs of the ledger checked");
        assertThat(original.of(Topic.LEDGER).size()).isGreaterThan(5);
    }

    @Test
    void aViolationThatWasRemovedIsMissingAndItsChainLacksIt() throws IOException {
        Violation removed = someViolation();

        Program.Ended ended = verifyAfter(original.with(Topic.VIOLATIONS, records -> {
            records.removeIf(record -> isOf(removed, record));
            return records;
        }));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).hasSize(2);
        assertThat(ended.out().get(0))
                .contains("MISSING", removed.getEventId(), "removed from the violations topic", place(removed));
        assertThat(ended.out().get(1))
                .contains(
                        "CHAIN",
                        removed.getChain().getId(),
                        "sequence " + removed.getChain().getSequence());
    }

    @Test
    void aViolationThatWasChangedDiffersAndIsNotWhatItsWriterWrote() throws IOException {
        Violation changed = someViolation();

        Program.Ended ended = verifyAfter(edit(Topic.VIOLATIONS, Violation.class, violation -> {
            if (!violation.getChain().equals(changed.getChain())) {
                return false;
            }
            violation.setSeverity(Severity.INFO);
            return true;
        }));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).hasSize(2);
        assertThat(ended.out().get(0))
                .contains("DIFFERENT", changed.getEventId(), "severity INFO", "not the one that the monitor wrote");
        assertThat(ended.out().get(1)).contains("CHAIN", changed.getViolationId(), "the hash of its content");
    }

    @Test
    void aViolationThatWasInsertedIsExtraAndBelongsToNoChain() throws IOException {
        Violation model = someViolation();

        Program.Ended ended = verifyAfter(original.with(Topic.VIOLATIONS, records -> {
            ConsumerRecord<byte[], byte[]> record = records.stream()
                    .filter(candidate -> isOf(model, candidate))
                    .findFirst()
                    .orElseThrow();
            Violation forged = Violation.newBuilder(model)
                    .setEventId("forged")
                    .setViolationId("00000000-0000-0000-0000-000000000000")
                    .build();
            records.add(TopicCopy.altered(record, bytes(Topic.VIOLATIONS, forged)));
            return records;
        }));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isNotEmpty();
        assertThat(ended.out().get(0)).contains("EXTRA", "event forged");
        assertThat(ended.out().subList(1, ended.out().size()))
                .isNotEmpty()
                .allMatch(line -> line.contains("CHAIN")
                        && line.contains("violation 00000000-0000-0000-0000-000000000000 of " + place(model)));
    }

    @Test
    void anEpochThatWasRemovedIsMissedByWhereItWas() throws IOException {
        LedgerEpoch removed = epochs().get(0);

        Program.Ended ended = verifyAfter(original.with(Topic.LEDGER, records -> {
            records.removeIf(record -> {
                LedgerEpoch epoch = read(Topic.LEDGER, record, LedgerEpoch.class);
                return epoch.getPartition() == removed.getPartition()
                        && epoch.getFirstOffset() == removed.getFirstOffset();
            });
            return records;
        }));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).hasSize(1);
        assertThat(ended.out().get(0))
                .contains(
                        "LEDGER",
                        removed.getTopic() + "-" + removed.getPartition() + " " + removed.getFirstOffset() + "..",
                        "an epoch was removed");
    }

    @Test
    void anEventThatWasAlteredInTheLogDoesNotFitItsEpoch() throws IOException {
        Violation judged = someViolation();

        Program.Ended ended = verifyAfter(original.with(Topic.ACCESS_EVENTS, records -> {
            records.replaceAll(record -> {
                if (!(record.topic() + "-" + record.partition() + "@" + record.offset()).equals(place(judged))) {
                    return record;
                }
                AccessEvent event = read(Topic.ACCESS_EVENTS, record, AccessEvent.class);
                event.setByteCount(event.getByteCount() + 1);
                return TopicCopy.altered(record, bytes(Topic.ACCESS_EVENTS, event));
            });
            return records;
        }));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).hasSize(2);
        assertThat(ended.out().get(0))
                .contains("DIFFERENT", judged.getEventId(), "byte_count", "the event was altered after it was judged");
        assertThat(ended.out().get(1)).contains("LEDGER", "root");
    }

    @Test
    void recordsThatNoMonitorWritesAreNamedAndDoNotEndTheVerification() throws IOException {
        Program.Ended ended = verifyAfter(original.with(Topic.VIOLATIONS, records -> {
                    records.add(TopicCopy.altered(records.get(0), "garbage".getBytes(StandardCharsets.UTF_8)));
                    return records;
                })
                .with(Topic.LEDGER, records -> {
                    records.add(TopicCopy.altered(records.get(0), new byte[0]));
                    return records;
                }));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).hasSize(2);
        assertThat(ended.out().get(0)).contains("CHAIN", "written by somebody else");
        assertThat(ended.out().get(1)).contains("LEDGER", "written by somebody else");
    }

    @Test
    void recordsThatWereRemovedFromTheEndOfTheLogAreMissedByTheirEpochs() throws IOException {
        LedgerEpoch last = epochs().get(epochs().size() - 1);

        Program.Ended ended = verifyAfter(original.with(Topic.ACCESS_EVENTS, records -> {
            records.removeIf(
                    record -> record.partition() == last.getPartition() && record.offset() >= last.getFirstOffset());
            return records;
        }));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out())
                .anyMatch(line -> line.contains("LEDGER")
                        && line.contains(last.getFirstOffset() + ".." + last.getLastOffset())
                        && line.contains("a log that ends before " + last.getFirstOffset()));
    }

    @Test
    void outcomesThatWereChangedDoNotFitTheViolationsThatWerePublished() throws IOException {
        LedgerEpoch changed = epochs().get(0);

        Program.Ended ended = verifyAfter(edit(Topic.LEDGER, LedgerEpoch.class, epoch -> {
            if (epoch.getPartition() != changed.getPartition() || epoch.getFirstOffset() != changed.getFirstOffset()) {
                return false;
            }
            Map<String, Long> outcomes = new HashMap<>(epoch.getOutcomes());
            outcomes.merge("IN_REGION", Objects.requireNonNull(outcomes.put("VIOLATION", 0L)), Long::sum);
            epoch.setOutcomes(outcomes);
            return true;
        }));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).singleElement().asString().contains("LEDGER", "0 records that first ended VIOLATION");
    }

    @Test
    void anEpochThatWasAddedContradictsTheOneThatStands() throws IOException {
        LedgerEpoch model = epochs().get(0);

        Program.Ended ended = verifyAfter(original.with(Topic.LEDGER, records -> {
            LedgerEpoch second = LedgerEpoch.newBuilder(model)
                    .setRoot(ByteBuffer.allocate(32))
                    .build();
            LedgerEpoch endless = LedgerEpoch.newBuilder(model)
                    .setFirstOffset(1)
                    .setLastOffset(Long.MAX_VALUE)
                    .build();
            records.add(TopicCopy.altered(records.get(0), bytes(Topic.LEDGER, second)));
            records.add(TopicCopy.altered(records.get(0), bytes(Topic.LEDGER, endless)));
            return records;
        }));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).hasSize(2).allMatch(line -> line.contains("written by somebody else"));
        assertThat(ended.out().get(0)).contains("one epoch from 0 on");
        assertThat(ended.out().get(1)).contains("bounds of an epoch");
    }

    /** In a full epoch, open, and not the last link of its chain. */
    private static Violation someViolation() {
        List<Violation> all = original.of(Topic.VIOLATIONS).stream()
                .map(record -> read(Topic.VIOLATIONS, record, Violation.class))
                .toList();
        return all.stream()
                .filter(violation -> violation.getStatus() == ViolationStatus.OPEN)
                .filter(violation -> all.stream()
                        .noneMatch(other ->
                                other != violation && other.getEventId().equals(violation.getEventId())))
                .filter(violation -> all.stream()
                        .anyMatch(other -> other.getChain()
                                        .getId()
                                        .equals(violation.getChain().getId())
                                && other.getChain().getSequence()
                                        > violation.getChain().getSequence()))
                .filter(violation -> epochs().stream()
                        .anyMatch(epoch ->
                                epoch.getPartition() == violation.getEvidence().getPartition()
                                        && epoch.getFirstOffset()
                                                <= violation.getEvidence().getOffset()
                                        && violation.getEvidence().getOffset() <= epoch.getLastOffset()))
                .findFirst()
                .orElseThrow();
    }

    /** Of one partition, full. */
    private static List<LedgerEpoch> epochs() {
        List<LedgerEpoch> epochs = original.of(Topic.LEDGER).stream()
                .filter(record -> record.headers().lastHeader("cloverwatch.ledger.partial") == null)
                .map(record -> read(Topic.LEDGER, record, LedgerEpoch.class))
                .toList();
        return epochs.stream()
                .filter(epoch -> epoch.getPartition() == epochs.get(0).getPartition())
                .toList();
    }

    private static <T> TopicCopy edit(Topic topic, Class<T> type, Predicate<T> edit) {
        return original.with(topic, records -> {
            records.replaceAll(record -> {
                T value = read(topic, record, type);
                return edit.test(value) ? TopicCopy.altered(record, bytes(topic, (SpecificRecord) value)) : record;
            });
            return records;
        });
    }

    private static boolean isOf(Violation violation, ConsumerRecord<byte[], byte[]> record) {
        return read(Topic.VIOLATIONS, record, Violation.class).getChain().equals(violation.getChain());
    }

    private static String place(Violation violation) {
        return violation.getEvidence().getTopic() + "-"
                + violation.getEvidence().getPartition() + "@"
                + violation.getEvidence().getOffset();
    }

    private static <T> T read(Topic topic, ConsumerRecord<byte[], byte[]> record, Class<T> type) {
        return type.cast(deployment
                .serde()
                .deserialize(record.topic(), record.value(), topic.schema().orElseThrow()));
    }

    private static byte[] bytes(Topic topic, SpecificRecord record) {
        return deployment.serde().serialize(deployment.topic(topic), record);
    }

    /** Verifies topics of the same names and content on a cluster of their own. */
    private static Program.Ended verifyAfter(TopicCopy copy) throws IOException {
        Path other = Files.createTempDirectory(dir, "other");
        try (LoopbackCluster second = LoopbackCluster.start(other);
                Deployment made = second.deploy(NAME);
                Deployment tampered = Deployment.on(NAME, other, second.bootstrapServers(), cluster.registryUrl())) {
            copy.writeTo(second.bootstrapServers());
            return verify(tampered);
        }
    }

    private static Program.Ended verify(Deployment of) throws IOException {
        Map<String, String> settings = of.settings("verify");
        settings.put("cloverwatch.lookback", "P3650D");
        return Program.run(
                "verify",
                "--config",
                Program.config(dir, settings),
                "--from",
                "2000-01-01T00:00:00Z",
                "--to",
                "2100-01-01T00:00:00Z");
    }
}
