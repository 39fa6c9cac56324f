package eu.cloverwatch.audit.report;

import eu.cloverwatch.model.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Counts distinct texts, of which there may be millions, in 16 bytes for each: by the first 64 bits of their SHA-256. Of ten
 * million texts two are taken for one with a probability of 1 to 370,000.
 */
final class DistinctCount {

    private long[] hashes = new long[16];
    private int size;

    void add(String text) {
        if (size == hashes.length) {
            compact();
            if (size > hashes.length / 2) {
                hashes = Arrays.copyOf(hashes, hashes.length * 2);
            }
        }
        hashes[size++] = ByteBuffer.wrap(Sha256.of(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    long count() {
        compact();
        return size;
    }

    private void compact() {
        Arrays.sort(hashes, 0, size);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (kept == 0 || hashes[i] != hashes[kept - 1]) {
                hashes[kept++] = hashes[i];
            }
        }
        size = kept;
    }
}
