package eu.cloverwatch.model;

/** State of a revision: newly found, changed or found again, no violation after all. */
public enum ViolationStatus {
    OPEN,
    AMENDED,
    WITHDRAWN
}
