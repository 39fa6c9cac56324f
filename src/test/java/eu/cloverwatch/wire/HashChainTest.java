package eu.cloverwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Finding;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Pseudonyms;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.model.SampleEvent;
import eu.cloverwatch.model.Severity;
import eu.cloverwatch.v1.Violation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** The chain, recomputed as an outsider would: from the published schema and bytes alone, with Avro's generic records. */
class HashChainTest {

    private static final byte[] FIRST = new byte[0];

    private static Violation violation(String eventId) {
        Judgement judgement = new Judgement(
                Outcome.VIOLATION,
                List.of(new Finding(Rule.GATEWAY_UNKNOWN, Severity.HIGH, "m", "r")),
                new Judgement.Known(null, "DE", null, null, "IE", "US", null, null, null));
        return AvroRecords.violation(
                SampleEvent.event().id(eventId).build(),
                judgement,
                new Origin("t", 0, 1, Instant.EPOCH),
                new Pseudonyms("k", new byte[] {1}),
                Instant.EPOCH);
    }

    @Test
    void anOutsiderComputesTheSameHashes() throws Exception {
        Violation first = violation("e-1");
        byte[] firstHash = HashChain.link(first, "writer-0", 0, FIRST);
        Violation second = violation("e-2");
        byte[] secondHash = HashChain.link(second, "writer-0", 1, firstHash);

        assertThat(recomputed(AvroBytes.write(first))).hasSize(32).isEqualTo(firstHash);
        assertThat(recomputed(AvroBytes.write(second))).isEqualTo(secondHash);
        assertThat(bytes(second.getChain().getPreviousHash())).isEqualTo(firstHash);
    }

    @Test
    void theLinkSaysWhereInTheChainTheRecordIs() {
        Violation violation = violation("e-1");
        byte[] previous = new byte[32];
        byte[] hash = HashChain.link(violation, "writer-0", 7, previous);

        assertThat(violation.getChain().getId()).isEqualTo("writer-0");
        assertThat(violation.getChain().getSequence()).isEqualTo(7);
        assertThat(bytes(violation.getChain().getPreviousHash())).isEqualTo(previous);
        assertThat(bytes(violation.getChain().getHash())).isEqualTo(hash);
    }

    @Test
    void whateverIsChangedLaterBreaksTheHash() throws Exception {
        Violation violation = violation("e-1");
        byte[] hash = HashChain.link(violation, "writer-0", 1, new byte[32]);
        violation.setByteCount(violation.getByteCount() + 1);

        assertThat(recomputed(AvroBytes.write(violation))).isNotEqualTo(hash);
    }

    @Test
    void theSameRecordAtAnotherPlaceHasAnotherHash() {
        byte[] hash = HashChain.link(violation("e-1"), "writer-0", 1, new byte[32]);

        assertThat(HashChain.link(violation("e-1"), "writer-0", 1, new byte[32]))
                .isEqualTo(hash);
        assertThat(HashChain.link(violation("e-1"), "writer-0", 2, new byte[32]))
                .isNotEqualTo(hash);
        assertThat(HashChain.link(violation("e-1"), "writer-1", 1, new byte[32]))
                .isNotEqualTo(hash);
        assertThat(HashChain.link(violation("e-1"), "writer-0", 1, FIRST)).isNotEqualTo(hash);
    }

    @Test
    void aRecordLinkedAgainIsAsIfItHadNeverBeen() {
        Violation violation = violation("e-1");
        HashChain.link(violation, "writer-0", 1, new byte[32]);

        assertThat(HashChain.link(violation, "writer-0", 0, FIRST))
                .isEqualTo(HashChain.link(violation("e-1"), "writer-0", 0, FIRST));
    }

    private static byte[] recomputed(byte[] published) throws IOException, NoSuchAlgorithmException {
        Schema schema =
                new Schema.Parser().parse(Path.of("schemas", "Violation.avsc").toFile());
        // plain GenericData: without it Avro would fill in the generated classes
        GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(schema, schema, new GenericData());
        GenericRecord record = reader.read(null, DecoderFactory.get().binaryDecoder(published, null));
        GenericRecord chain = (GenericRecord) record.get("chain");
        chain.put("hash", ByteBuffer.allocate(0));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema, new GenericData()).write(record, encoder);
        encoder.flush();
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(bytes((ByteBuffer) chain.get("previous_hash")));
        return sha256.digest(out.toByteArray());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
