package eu.cloverwatch.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Avro's binary encoding, without schema or frame. */
public final class AvroBytes {

    static {
        AvroClasses.trust();
    }

    /** Kept, as making one costs far more than using it; one for each thread, as they are not safe for several. */
    private static final ThreadLocal<Map<Schema, SpecificDatumReader<SpecificRecord>>> READERS =
            ThreadLocal.withInitial(HashMap::new);

    private static final ThreadLocal<Map<Schema, SpecificDatumWriter<SpecificRecord>>> WRITERS =
            ThreadLocal.withInitial(HashMap::new);

    private AvroBytes() {}

    public static byte[] write(SpecificRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            WRITERS.get()
                    .computeIfAbsent(record.getSchema(), key -> new SpecificDatumWriter<>(key))
                    .write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * Reads a whole record that this version wrote.
     *
     * @throws IllegalStateException if the bytes are not that
     */
    public static <T extends SpecificRecord> T read(byte[] bytes, int from, Schema schema, Class<T> type) {
        try {
            SpecificDatumReader<SpecificRecord> reader =
                    READERS.get().computeIfAbsent(schema, key -> new SpecificDatumReader<>(key));
            return type.cast(
                    reader.read(null, DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, null)));
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("broken " + schema.getName() + " in state", e);
        }
    }
}
