package eu.cloverwatch.model;

/** What becomes of a record of the access-events topic: every offset ends in exactly one. */
public enum Outcome {
    /** The subject lives in a country that the policy does not protect. */
    OUT_OF_SCOPE,
    /** The policy exempts data so protected. */
    EXEMPT,
    /** Nothing left the region. */
    IN_REGION,
    /** Everything that left the region passed a gateway approved for it. */
    GATEWAY_APPROVED,
    /** A rule was not kept. */
    VIOLATION,
    /** Whether a rule was kept cannot be said: a fact is missing. */
    UNDECIDABLE,
    /** The same event again. */
    DUPLICATE,
    /** Unreadable, not a valid record, too far in the future, or an id used again. */
    REJECTED;

    /** Whether the event's id is remembered, so that the same event again is a DUPLICATE. */
    public boolean isRemembered() {
        return this == GATEWAY_APPROVED || this == VIOLATION || this == UNDECIDABLE;
    }
}
