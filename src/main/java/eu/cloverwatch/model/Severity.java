package eu.cloverwatch.model;

/** How grave a finding is, ascending. */
public enum Severity {
    INFO,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** This many steps up, at most CRITICAL. */
    public Severity up(int steps) {
        return values()[Math.min(ordinal() + steps, CRITICAL.ordinal())];
    }
}
