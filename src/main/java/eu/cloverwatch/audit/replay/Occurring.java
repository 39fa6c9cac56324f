package eu.cloverwatch.audit.replay;

import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.common.utils.Utils;

/**
 * Which subjects occur. May say yes of one that does not, once in a hundred for a million that do, never no of one that does. May
 * be used by several threads.
 */
final class Occurring {

    /** 16 MiB. */
    private static final int BITS = 27;

    private final AtomicLongArray words = new AtomicLongArray(1 << (BITS - 6));

    void add(byte[] id) {
        int bit = bit(id);
        long mask = 1L << bit;
        if ((words.get(bit >>> 6) & mask) == 0) {
            words.accumulateAndGet(bit >>> 6, mask, (word, more) -> word | more);
        }
    }

    boolean mayContain(byte[] id) {
        int bit = bit(id);
        return (words.get(bit >>> 6) & (1L << bit)) != 0;
    }

    private static int bit(byte[] id) {
        return Utils.murmur2(id) >>> (32 - BITS);
    }
}
