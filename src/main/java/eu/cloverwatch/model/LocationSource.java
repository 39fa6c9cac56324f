package eu.cloverwatch.model;

/** Which system knows where an employee is. Sources are not ranked. */
public enum LocationSource {
    UNKNOWN,
    HR,
    BADGE,
    VPN,
    TRAVEL
}
