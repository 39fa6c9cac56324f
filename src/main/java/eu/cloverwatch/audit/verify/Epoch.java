package eu.cloverwatch.audit.verify;

import eu.cloverwatch.v1.LedgerEpoch;

/**
 * An epoch as it was published.
 *
 * @param partial an interim statement about an epoch that was still open
 * @param place {@code topic-partition@offset} of the ledger record
 */
record Epoch(LedgerEpoch record, boolean partial, String place) {

    /** As many offsets as the configuration allows. */
    private static final long MAX_OFFSETS = 10_000_000;

    int partition() {
        return record.getPartition();
    }

    long first() {
        return record.getFirstOffset();
    }

    /** Inclusive. */
    long last() {
        return record.getLastOffset();
    }

    /** Whether these bounds can be those of an epoch. */
    boolean isPossible() {
        return first() >= 0 && last() >= first() && last() - first() < MAX_OFFSETS;
    }

    /** Whether it states of the records what the other states. */
    boolean saysTheSame(Epoch other) {
        return last() == other.last()
                && record.getRecords() == other.record.getRecords()
                && record.getRoot().equals(other.record.getRoot())
                && record.getPreviousRoot().equals(other.record.getPreviousRoot())
                && record.getOutcomes().equals(other.record.getOutcomes());
    }

    /** For example {@code access-events.v1-0 0..9999}. */
    String name() {
        return record.getTopic() + "-" + record.getPartition() + " " + first() + ".." + last()
                + (partial ? " (partial)" : "");
    }
}
