package eu.cloverwatch.audit.verify;

/**
 * Something that was published, or was not, and is not what the topics say.
 *
 * @param place {@code topic-partition@offset} of the record that it is about
 * @param subject what of it: an event, a link of a chain, an epoch
 * @param cause what has likely led to it, for a person
 */
public record Difference(Kind kind, String place, String subject, String expected, String found, String cause) {

    /** What is not as it should be. */
    public enum Kind {
        /** A violation that was not published, or was withdrawn. */
        MISSING,
        /** A violation that was published, and is none. */
        EXTRA,
        /** A violation that was published with other words. */
        DIFFERENT,
        /** A hash chain is broken. */
        CHAIN,
        /** An epoch of the ledger is missing, or does not fit its records. */
        LEDGER
    }

    /** One line, for a person. */
    public String toText() {
        return kind + " " + place + " " + subject + ": expected " + expected + ", found " + found + " (" + cause + ")";
    }
}
