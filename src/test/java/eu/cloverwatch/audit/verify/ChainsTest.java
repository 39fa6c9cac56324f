package eu.cloverwatch.audit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.audit.replay.TopicReader.Range;
import eu.cloverwatch.model.ViolationIds;
import eu.cloverwatch.runtime.SampleViolation;
import eu.cloverwatch.v1.Chain;
import eu.cloverwatch.v1.Verdict;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.AvroBytes;
import eu.cloverwatch.wire.HashChain;
import eu.cloverwatch.wire.RecordSerde;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Chains of records that are written down here. */
class ChainsTest {

    private static final int MANY = 1_000;
    private static final int OBJECT_HEADER = 12;
    private static final Bare SERDE = new Bare();

    private final Map<String, byte[]> heads = new HashMap<>();
    private final Map<String, Long> lengths = new HashMap<>();
    private final TreeMap<Integer, Published> partitions = new TreeMap<>();
    private final Map<Integer, Long> offsets = new HashMap<>();

    /** Avro without a frame. */
    private static final class Bare implements RecordSerde {

        @Override
        public byte[] serialize(String topic, SpecificRecord record) {
            return AvroBytes.write(record);
        }

        @Override
        public SpecificRecord deserialize(String topic, byte[] bytes, Schema reader) {
            return AvroBytes.read(bytes, 0, reader, Violation.class);
        }

        @Override
        public boolean isReachable() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void chainsOverSeveralPartitionsAreWhole() {
        for (int i = 0; i < 6; i++) {
            write(i % 2, next("a", i, 0));
            write(i % 2, next("b", 100 + i, 0));
        }

        Chains chains = verify();

        assertThat(chains.differences()).isEmpty();
        assertThat(chains.links()).isEqualTo(12);
        assertThat(chains.isComplete()).isTrue();
    }

    @Test
    void aMissingRecordIsNamedUnlessALaterRevisionStandsForIt() {
        write(0, next("a", 1, 0));
        next("a", 2, 0);
        write(0, next("a", 2, 1));
        assertThat(verify().differences()).isEmpty();

        next("a", 3, 0);
        write(0, next("a", 4, 0));
        assertThat(verify().differences()).singleElement().asString().contains("a", "sequence 1, 3");
        assertThat(verify().isComplete()).isFalse();
    }

    @Test
    void aSecondRecordOfASequenceIsNamedByViolationAndPlace() {
        write(0, next("a", 1, 0));
        lengths.put("a", 0L);
        heads.put("a", new byte[0]);
        Violation inserted = next("a", 2, 0);
        write(1, inserted);

        Chains chains = verify();

        assertThat(chains.differences())
                .singleElement()
                .asString()
                .contains(
                        "place=violations-1@0",
                        "violation " + inserted.getViolationId() + " of events-2@2",
                        "one record of sequence 0",
                        "another at violations-0@0");
        assertThat(chains.broken()).containsExactly(inserted.getViolationId());
    }

    @Test
    void whatDoesNotFollowIsNamedWithBothHashes() {
        write(0, next("a", 1, 0));
        heads.put("a", new byte[32]);
        write(0, next("a", 2, 0));

        assertThat(verify().differences())
                .singleElement()
                .asString()
                .contains("the hash of violations-0@0", "0".repeat(64), "the record before it was replaced");
    }

    @Test
    void anEventOfTwoChainsHasAnotherWriter() {
        write(0, next("a", 1, 0));
        write(0, next("b", 1, 1));

        assertThat(verify().differences()).singleElement().asString().contains("a record of chain a", "another writer");
    }

    @Test
    void whatIsNoLinkIsNamed() {
        Violation noId = next("a", 1, 0);
        noId.setViolationId("1-1-1-1-1");
        write(0, noId);
        Violation noHash = next("b", 2, 0);
        noHash.setChain(new Chain("b", 0L, ByteBuffer.allocate(0), ByteBuffer.allocate(31)));
        write(0, noHash);

        assertThat(verify().differences())
                .hasSize(2)
                .allMatch(difference -> difference.cause().equals("written by somebody else"))
                .extracting(Difference::found)
                .containsExactly("one of which violation_id is no UUID", "one of which a hash is not 32 bytes long");
    }

    @Test
    void firstVerdictsAreCountedOncePerEvent() {
        write(0, next("a", 1, 0));
        write(0, next("a", 5, 0));
        write(0, next("a", 5, 1));
        write(0, next("a", 9, 0));
        FirstVerdicts first = new FirstVerdicts(verify().all());

        assertThat(first.count(2, Verdict.VIOLATION, 1, 9)).isEqualTo(3);
        assertThat(first.count(2, Verdict.VIOLATION, 2, 8)).isEqualTo(1);
        assertThat(first.count(2, Verdict.UNDECIDABLE, 1, 9)).isZero();
        assertThat(first.count(3, Verdict.VIOLATION, 1, 9)).isZero();
    }

    /** With the places that it has in lists, and what is first said of its event, it is less than 200. */
    @Test
    void aLinkIsANumberOfNumbersAndSharesItsTexts() throws IllegalAccessException {
        write(0, next("a", 1, 0));
        write(0, next("a", 2, 0));
        List<Link> links = List.copyOf(verify().all());

        int bytes = OBJECT_HEADER;
        for (Field field : Link.class.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                bytes += bytes(field.getType());
                if (!field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    assertThat(field.get(links.get(0))).as(field.getName()).isSameAs(field.get(links.get(1)));
                }
            }
        }
        assertThat(bytes).as("bytes of a link, with references of four").isBetween(100, 152);
    }

    private static int bytes(Class<?> type) {
        return type == long.class ? Long.BYTES : type == boolean.class ? 1 : Integer.BYTES;
    }

    private Violation next(String chain, long offset, int revision) {
        Violation violation = SampleViolation.of("e-" + offset);
        violation.setViolationId(ViolationIds.of("e-" + offset).toString());
        violation.setRevision(revision);
        violation.setVerdict(Verdict.VIOLATION);
        violation.getEvidence().setTopic("events");
        violation.getEvidence().setPartition(2);
        violation.getEvidence().setOffset(offset);
        heads.put(
                chain,
                HashChain.link(
                        violation, chain, lengths.getOrDefault(chain, 0L), heads.getOrDefault(chain, new byte[0])));
        lengths.merge(chain, 1L, Long::sum);
        return violation;
    }

    private void write(int partition, Violation violation) {
        long offset = offsets.merge(partition, 1L, Long::sum) - 1;
        TopicPartition of = new TopicPartition("violations", partition);
        partitions
                .computeIfAbsent(
                        partition, made -> new Published(SERDE, new Range(of, 0, 0, MANY), MANY, occurredAt -> false))
                .accept(new ConsumerRecord<>(
                        of.topic(),
                        partition,
                        offset,
                        violation.getViolationId().getBytes(UTF_8),
                        AvroBytes.write(violation)));
    }

    private Chains verify() {
        List<Published> published = new ArrayList<>(partitions.values());
        return new Chains(published).verify();
    }
}
