package eu.cloverwatch.model;

import java.time.Instant;

/**
 * A published policy document.
 *
 * @param effectiveFrom equal to the document's
 * @param sha256 of the document in UTF-8, lower-case hexadecimal
 * @param document YAML 1.2
 */
public record PolicyRevision(
        String policyId, Instant effectiveFrom, Instant recordedAt, String author, String sha256, String document) {

    public PolicyRevision {
        Check.text("policy_id", policyId);
        Check.text("author", author);
        Check.text("document", document);
        if (!sha256.equals(Sha256.hex(document))) {
            throw new InvalidRecordException("sha256", "the SHA-256 of document, lower-case hexadecimal");
        }
    }

    /** From when on it is in force, inclusive: never before it was published. */
    public Instant inForceFrom() {
        return effectiveFrom.isAfter(recordedAt) ? effectiveFrom : recordedAt;
    }
}
