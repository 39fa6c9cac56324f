package eu.cloverwatch.audit.verify;

import eu.cloverwatch.v1.LedgerEpoch;

/**
 * An epoch as it was published.
 *
 * @param partial an interim statement about an epoch that was still open
 * @param place {@code topic-partition@offset} of the ledger record
 */
record Epoch(LedgerEpoch record, boolean partial, String place) {

    long first() {
        return record.getFirstOffset();
    }

    long last() {
        return record.getLastOffset();
    }

    /** For example {@code access-events.v1-0 0..9999}. */
    String name() {
        return record.getTopic() + "-" + record.getPartition() + " " + first() + ".." + last()
                + (partial ? " (partial)" : "");
    }
}
