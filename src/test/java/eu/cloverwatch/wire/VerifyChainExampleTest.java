package eu.cloverwatch.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Finding;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Pseudonyms;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.model.SampleEvent;
import eu.cloverwatch.model.Severity;
import eu.cloverwatch.v1.Chain;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.PythonExample.Ended;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema.Field;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chain that this product writes, verified by the program that another language's reader would start from. */
class VerifyChainExampleTest {

    private static final Instant LONG_AGO = Instant.parse("2024-06-05T09:00:00Z");

    @TempDir
    Path directory;

    /** The chain w/0 in partition 0, in its order. */
    private final List<Violation> published = new ArrayList<>();

    private byte[] last = new byte[0];

    @BeforeEach
    void aChainOfSix() {
        for (int i = 0; i < 6; i++) {
            publish("e-" + i, LONG_AGO.plusSeconds(i));
        }
    }

    private void publish(String eventId, Instant detectedAt) {
        Violation violation = violation(eventId, detectedAt);
        last = HashChain.link(violation, "w/0", published.size(), last);
        published.add(violation);
    }

    private static Violation violation(String eventId, Instant detectedAt) {
        Judgement judgement = new Judgement(
                Outcome.VIOLATION,
                List.of(new Finding(Rule.GATEWAY_UNKNOWN, Severity.HIGH, "m\n", "r")),
                new Judgement.Known(null, "DE", null, null, "IE", "US", null, null, null));
        return AvroRecords.violation(
                SampleEvent.event().id(eventId).build(),
                judgement,
                new Origin("t", 0, 1, LONG_AGO),
                new Pseudonyms("k", new byte[] {1}),
                detectedAt);
    }

    private Ended verify(String... arguments) throws Exception {
        KcatOutput printed = new KcatOutput();
        for (int offset = 0; offset < published.size(); offset++) {
            print(printed, 0, offset, published.get(offset));
        }
        return verify(printed, arguments);
    }

    private Ended verify(KcatOutput printed, String... arguments) throws Exception {
        return new PythonExample("verify_chain.py", directory).run(printed.bytes(), arguments);
    }

    private static void print(KcatOutput printed, int partition, long offset, Violation violation) {
        byte[] avro = AvroBytes.write(violation);
        byte[] value = ByteBuffer.allocate(5 + avro.length)
                .put(ConfluentWireFormat.header(3))
                .put(avro)
                .array();
        byte[] key = violation.getViolationId().getBytes(UTF_8);
        printed.record("violations", partition, offset, LONG_AGO.toEpochMilli(), key, value);
    }

    private static String line(String chain, int length, byte[] hash) {
        return chain + "\t" + length + "\t" + HexFormat.of().formatHex(hash) + "\n";
    }

    private void assertBreak(String named, String... arguments) throws Exception {
        Ended ended = verify(arguments);
        assertThat(ended.err()).startsWith("break: ").contains(named);
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void aChainAsItWasPublishedIsWhole() throws Exception {
        assertThat(verify()).isEqualTo(new Ended(0, line("w/0", 6, last), ""));
    }

    @Test
    void chainsMayShareATopicAndEachItsPartitions() throws Exception {
        byte[] ofOther = new byte[0];
        KcatOutput printed = new KcatOutput();
        for (int partition = 1; partition >= 0; partition--) {
            for (int i = partition; i < published.size(); i += 2) {
                print(printed, partition, i, published.get(i));
            }
            Violation other = violation("other-" + partition, LONG_AGO);
            ofOther = HashChain.link(other, "w/1", 1 - partition, ofOther);
            print(printed, partition, 9, other);
        }
        assertThat(verify(printed)).isEqualTo(new Ended(0, line("w/0", 6, last) + line("w/1", 2, ofOther), ""));
    }

    @Test
    void aChangedRecordIsABreak() throws Exception {
        published.get(3).setByteCount(published.get(3).getByteCount() + 1);
        assertBreak("violations-0@3: its hash is not that of its content");
    }

    @Test
    void aChangedRecordWithANewHashIsABreakAtTheNext() throws Exception {
        Violation changed = published.get(3);
        changed.setByteCount(changed.getByteCount() + 1);
        HashChain.link(changed, "w/0", 3, published.get(2).getChain().getHash().array());
        assertBreak("chain w/0: sequence 4 does not follow 3");
    }

    @Test
    void aRemovedRecordIsABreak() throws Exception {
        published.remove(3);
        assertBreak("chain w/0: sequence 3 is missing before 4: violations-0@3");
    }

    @Test
    void aRemovedBeginningIsABreak() throws Exception {
        published.remove(0);
        assertBreak("chain w/0: sequence 0 is missing before 1");
    }

    @Test
    void anInsertedRecordIsABreak() throws Exception {
        Violation inserted = violation("e-inserted", LONG_AGO);
        HashChain.link(inserted, "w/0", 3, published.get(2).getChain().getHash().array());
        published.add(3, inserted);
        assertBreak("chain w/0: sequence 3 is there twice: violations-0@3 and violations-0@4");
    }

    @Test
    void anInsertedRecordWithoutALinkIsABreak() throws Exception {
        Violation inserted = violation("e-inserted", LONG_AGO);
        inserted.setChain(new Chain("w/0", 6L, ByteBuffer.wrap(last), ByteBuffer.allocate(0)));
        published.add(inserted);
        assertBreak("violations-0@6: does not end with a hash");
    }

    @Test
    void swappedRecordsAreABreak() throws Exception {
        Collections.swap(published, 2, 3);
        assertBreak("chain w/0: sequence 2 is out of order: violations-0@3");
    }

    @Test
    void swappedLinksAreABreak() throws Exception {
        Chain link = published.get(2).getChain();
        published.get(2).setChain(published.get(3).getChain());
        published.get(3).setChain(link);
        assertBreak("violations-0@2: its hash is not that of its content");
    }

    @Test
    void aTombstoneIsABreak() throws Exception {
        KcatOutput printed = new KcatOutput().record("violations", 0, 0, 0, "id".getBytes(UTF_8), null);
        Ended ended = verify(printed);
        assertThat(ended.err()).startsWith("break: violations-0@0");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void aRemovedEndIsABreakOnceTheEndWasSeen() throws Exception {
        String seen = seen(verify());
        published.remove(5);
        assertThat(verify().code()).as("nothing in the records tells").isEqualTo(0);
        assertBreak("chain w/0: was 6 long and now ends with sequence 4", "--since", seen);
    }

    @Test
    void aChainWrittenAnewIsABreakOnceTheOldWasSeen() throws Exception {
        String seen = seen(verify());
        published.clear();
        last = new byte[0];
        for (int i = 0; i < 8; i++) {
            publish("another-" + i, LONG_AGO);
        }
        assertThat(verify().code()).as("nothing in the records tells").isEqualTo(0);
        assertBreak("chain w/0: sequence 5 is not what it was: violations-0@5", "--since", seen);
    }

    @Test
    void whatWasSeenMayBeGoneAndWhatIsNewMustFollowIt() throws Exception {
        String seen = seen(verify());
        publish("e-6", LONG_AGO);
        publish("e-7", LONG_AGO);
        published.subList(0, 6).clear();
        assertThat(verify("--since", seen)).isEqualTo(new Ended(0, line("w/0", 8, last), ""));

        published.remove(0);
        assertBreak("chain w/0: sequence 6 is missing before 7", "--since", seen);
    }

    @Test
    void aGapIsNoBreakWhileTheRecordAfterItIsNew() throws Exception {
        byte[] settled = last;
        publish("e-6", Instant.now());
        publish("e-7", Instant.now());
        published.remove(6);
        assertThat(verify())
                .isEqualTo(new Ended(
                        0,
                        line("w/0", 6, settled),
                        "chain w/0: 1 newer records wait for one before them: run again\n"));
        assertBreak("chain w/0: sequence 6 is missing before 7", "--settle", "-60");
    }

    @Test
    void inputThatIsNotThatOfKcatIsNamedAsSuch() throws Exception {
        for (String input : List.of("", "not a record\n", "violations 0 0 0 1 99\nkv\n")) {
            Ended ended = new PythonExample("verify_chain.py", directory).run(input.getBytes(UTF_8));
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.err()).doesNotContain("Traceback").isNotBlank();
        }
    }

    @Test
    void theLinkIsTheEndOfTheRecordAndItsHashTheEndOfTheLink() {
        // What docs/ledger.md promises to readers without an Avro library: new fields go before it.
        List<Field> violation = Violation.getClassSchema().getFields();
        List<Field> chain = Chain.getClassSchema().getFields();
        assertThat(violation.get(violation.size() - 1).name()).isEqualTo("chain");
        assertThat(chain.get(chain.size() - 1).name()).isEqualTo("hash");
    }

    private String seen(Ended ended) throws Exception {
        assertThat(ended.code()).isEqualTo(0);
        return Files.writeString(directory.resolve("seen"), ended.out()).toString();
    }
}
