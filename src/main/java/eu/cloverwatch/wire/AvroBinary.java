package eu.cloverwatch.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * Records to and from Avro's binary encoding, with everything that can be used again kept. Not safe for use by several
 * threads: each has its own.
 */
final class AvroBinary {

    static {
        AvroClasses.trust();
    }

    private final Map<Resolution, Reading> readings = new HashMap<>();
    private final Map<Schema, SpecificDatumWriter<IndexedRecord>> writers = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    private @Nullable BinaryDecoder decoder;
    private @Nullable BinaryEncoder encoder;

    /** From one writer's schema, of which there is one object for each id, to a reader's. */
    private record Resolution(int writerId, Schema reader) {}

    private sealed interface Reading {}

    private record Readable(DatumReader<IndexedRecord> reader) implements Reading {}

    private record Incompatible(String reason) implements Reading {}

    /** The header, then the record. */
    byte[] write(byte[] header, IndexedRecord record) {
        Schema schema = record.getSchema();
        SpecificDatumWriter<IndexedRecord> writer =
                writers.computeIfAbsent(schema, s -> new SpecificDatumWriter<>(s, SpecificData.getForSchema(s)));
        try {
            // First, and then the reset: what a record that failed half-way left in the encoder is flushed here.
            encoder = EncoderFactory.get().binaryEncoder(out, encoder);
            out.reset();
            out.writeBytes(header);
            writer.write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    /**
     * Reads the one record that these bytes hold from {@code offset} to their end. Avro refuses lengths beyond those bytes
     * before it allocates.
     *
     * @param writerId id of the writer's schema
     * @return an instance of the reader's generated class; a generic record if there is none
     * @throws UnreadableRecordException if they do not
     */
    IndexedRecord read(byte[] bytes, int offset, int writerId, Schema writer, Schema reader) {
        DatumReader<IndexedRecord> datumReader = reader(writerId, writer, reader);
        try {
            BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, decoder);
            decoder = in;
            IndexedRecord record = datumReader.read(null, in);
            if (!in.isEnd()) {
                throw new UnreadableRecordException(
                        "expected the end after a record of schema " + writerId + ", came more");
            }
            return record;
        } catch (UnreadableRecordException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Only the kind of failure: its message may quote the record.
            throw new UnreadableRecordException(
                    "expected Avro of schema " + writerId + ", came something else ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
    }

    private DatumReader<IndexedRecord> reader(int writerId, Schema writer, Schema reader) {
        Reading reading =
                readings.computeIfAbsent(new Resolution(writerId, reader), key -> resolved(writerId, writer, reader));
        if (reading instanceof Incompatible incompatible) {
            throw new UnreadableRecordException(incompatible.reason());
        }
        return ((Readable) reading).reader();
    }

    private static Reading resolved(int writerId, Schema writer, Schema reader) {
        SchemaCompatibility.SchemaPairCompatibility pair =
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
            return incompatible(
                    writerId,
                    writer,
                    reader,
                    pair.getResult().getIncompatibilities().stream()
                            .map(i -> i.getType() + " at " + i.getLocation())
                            .findFirst()
                            .orElse("another kind"));
        }
        String difference = LogicalTypeComparison.difference(writer, reader);
        if (difference != null) {
            return incompatible(writerId, writer, reader, difference);
        }
        return new Readable(new SpecificDatumReader<>(writer, reader, SpecificData.getForSchema(reader)));
    }

    private static Incompatible incompatible(int writerId, Schema writer, Schema reader, String details) {
        return new Incompatible("expected a record readable as " + reader.getFullName() + ", came schema " + writerId
                + " (" + writer.getFullName() + "): " + details);
    }
}
