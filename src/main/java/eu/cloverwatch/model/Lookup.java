package eu.cloverwatch.model;

import java.time.Instant;

/**
 * The answer to "which value was valid at t". There are three, never two: what is not known is not the same as what is no
 * longer kept, and neither may be turned into "compliant".
 */
public sealed interface Lookup<T> {

    /** The version valid at t, and since when it is. */
    record Known<T>(T value, Instant effectiveFrom) implements Lookup<T> {}

    /** No version is valid at t, or a version without value (tombstone, employee left) is. */
    record Absent<T>() implements Lookup<T> {}

    /** t lies before what is still kept: there may have been a version. */
    record BeyondHistory<T>() implements Lookup<T> {}

    static <T> Lookup<T> absent() {
        return new Absent<>();
    }

    static <T> Lookup<T> beyondHistory() {
        return new BeyondHistory<>();
    }
}
