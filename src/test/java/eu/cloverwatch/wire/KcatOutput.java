package eu.cloverwatch.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Records as kcat prints them with {@code -f '%t %p %o %T %K %S\n%k%s\n'}: lengths of -1 for null, then key and value. */
final class KcatOutput {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    KcatOutput record(
            String topic,
            int partition,
            long offset,
            long timestampMs,
            byte @Nullable [] key,
            byte @Nullable [] value) {
        String line = String.join(
                " ",
                topic,
                Integer.toString(partition),
                Long.toString(offset),
                Long.toString(timestampMs),
                length(key),
                length(value));
        printed.writeBytes((line + "\n").getBytes(UTF_8));
        printed.writeBytes(key == null ? new byte[0] : key);
        printed.writeBytes(value == null ? new byte[0] : value);
        printed.write('\n');
        return this;
    }

    byte[] bytes() {
        return printed.toByteArray();
    }

    private static String length(byte @Nullable [] bytes) {
        return Integer.toString(bytes == null ? -1 : bytes.length);
    }
}
