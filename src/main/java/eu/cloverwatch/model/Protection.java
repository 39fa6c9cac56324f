package eu.cloverwatch.model;

/** How the data is protected. UNKNOWN is judged as RAW. */
public enum Protection {
    UNKNOWN,
    RAW,
    PSEUDONYMISED,
    AGGREGATED,
    PUBLIC
}
