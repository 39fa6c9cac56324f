package eu.cloverwatch.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Seeded chance: the same seed gives the same world on every machine. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed) {
        this(new SplittableRandom(seed));
    }

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /** Dice of their own for a part of the world, so that another part may change without changing it. */
    Dice split() {
        return new Dice(random.split());
    }

    /** From 0 to bound, exclusive. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both inclusive. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    /** Many small and few big numbers, from 1 to 10^magnitude. */
    long skewed(int magnitude) {
        return Math.round(Math.pow(10, random.nextDouble() * magnitude));
    }

    double fraction() {
        return random.nextDouble();
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** One to three different ones, in the order of the list. */
    <T> List<T> few(List<T> from) {
        int wanted = Math.min(between(1, 3), from.size());
        List<T> picked = new ArrayList<>(wanted);
        for (int i = 0; i < from.size() && picked.size() < wanted; i++) {
            if (random.nextInt(from.size() - i) < wanted - picked.size()) {
                picked.add(from.get(i));
            }
        }
        return picked;
    }

    <T> List<T> shuffled(List<T> list) {
        List<T> copy = new ArrayList<>(list);
        for (int i = copy.size() - 1; i > 0; i--) {
            T other = copy.set(random.nextInt(i + 1), copy.get(i));
            copy.set(i, other);
        }
        return copy;
    }

    /** A full minute, from inclusive, until exclusive. */
    Instant minute(Instant from, Instant until) {
        long minutes = Duration.between(from, until).toMinutes();
        return from.plus(Duration.ofMinutes(random.nextLong(Math.max(1, minutes))));
    }

    /** A random UUID (RFC 9562, version 4), but from the seed. */
    String uuid() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
