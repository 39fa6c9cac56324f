package eu.cloverwatch.policy.compare;

import java.util.Locale;

/** The policies at hand tell so many situations apart that they are not all gone through. */
public final class TooManySituationsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManySituationsException(long situations, int limit) {
        super(String.format(
                Locale.ROOT,
                "expected policies that tell at most %,d situations apart, these tell %,d; fewer different rows, sites and"
                        + " intervals make it less",
                limit,
                situations));
    }
}
