package eu.cloverwatch.model;

/** What was done with the data. UNKNOWN stands for a symbol newer than this version and is judged as storing. */
public enum Operation {
    UNKNOWN,
    READ,
    WRITE,
    EXPORT,
    REPLICATE,
    DELETE
}
