package eu.cloverwatch.model;

/** Age of a data subject. UNKNOWN counts as no minor. */
public enum AgeBand {
    UNKNOWN,
    ADULT,
    MINOR
}
