package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.Candidate;
import eu.cloverwatch.v1.Violation;
import org.jspecify.annotations.Nullable;

/** What a processor sends on. The stream's key is that of the topic it goes to. */
sealed interface Routed {

    /** To the subject's partition. */
    record ToSubject(Candidate candidate) implements Routed {}

    /** To the violations topic. */
    record Found(Violation violation) implements Routed {}

    /** To the rejects topic, as it came; reason and origin are in the headers. */
    record Rejected(byte @Nullable [] value) implements Routed {}
}
