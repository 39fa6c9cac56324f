package eu.cloverwatch.topology;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Choices that follow from a seed alone. */
final class SimulatedDice {

    private final SplittableRandom random;

    SimulatedDice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** 0 inclusive to bound exclusive. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** True once in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    @SafeVarargs
    final <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Null as often as not. */
    @SafeVarargs
    final <T> @Nullable T oneOrNull(T... choices) {
        return random.nextBoolean() ? null : one(choices);
    }
}
