package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.Candidate;
import eu.cloverwatch.internal.v1.GatewayChange;
import org.jspecify.annotations.Nullable;

/** What a processor receives: it is the only owner of its partition's state, whatever topic a change comes from. */
sealed interface Incoming {

    /** A record of the contract's topics, as it came. */
    record Raw(byte @Nullable [] value) implements Incoming {}

    /** An event on its way. */
    record Event(Candidate candidate) implements Incoming {}

    /** A gateway's approval has changed. */
    record Gateway(GatewayChange change) implements Incoming {}
}
