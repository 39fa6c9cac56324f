package eu.cloverwatch.audit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is appended is read again, in the order of its writer. */
class BucketsTest {

    @TempDir
    private Path dir;

    @Test
    void entriesAreReadInTheOrderOfTheirWritersOnceThoseHaveFinished() {
        try (Buckets buckets = new Buckets(dir)) {
            Buckets.Writer one = buckets.writer();
            Buckets.Writer other = buckets.writer();
            append(one, 3, "a");
            append(other, 3, "b");
            append(other, 63, "elsewhere");
            append(one, 3, "c".repeat(40_000));
            append(one, 3, "d");

            other.finish();
            assertThat(read(buckets, 3)).containsExactly("a", "c".repeat(40_000), "b");

            one.finish();
            append(other, 3, "e");
            other.finish();
            assertThat(read(buckets, 3)).containsExactly("a", "c".repeat(40_000), "b", "d", "e");
            assertThat(read(buckets, 63)).containsExactly("elsewhere");
            assertThat(read(buckets, 0)).isEmpty();
        }
    }

    private static void append(Buckets.Writer writer, int bucket, String entry) {
        writer.append(bucket, entry.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> read(Buckets buckets, int bucket) {
        List<String> entries = new ArrayList<>();
        buckets.read(bucket, bytes -> entries.add(new String(bytes, StandardCharsets.UTF_8)));
        return entries;
    }
}
