package eu.cloverwatch.audit.verify;

import eu.cloverwatch.audit.verify.Published.Revision;
import eu.cloverwatch.v1.Evidence;
import eu.cloverwatch.v1.Violation;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What has likely led to a difference: from what chains, ledger and facts tell. */
final class Explanations {

    private final Chains chains;
    private final Map<Integer, Book> books;
    private final LateFacts late;

    Explanations(Chains chains, Map<Integer, Book> books, LateFacts late) {
        this.chains = chains;
        this.books = books;
        this.late = late;
    }

    /**
     * @param expected null: nothing was found in the event
     * @param revision null: nothing was published of it
     */
    String of(@Nullable Violation expected, @Nullable Revision revision) {
        Violation about =
                expected != null ? expected : Objects.requireNonNull(revision).violation();
        if (isBroken(about) || (revision != null && isBroken(revision.violation()))) {
            return "its record in the violations topic is not the one that the monitor wrote";
        }
        Book book = books.get(about.getEvidence().getPartition());
        String suspicion =
                book == null ? null : book.suspicion(about.getEvidence().getOffset());
        if (suspicion != null) {
            return suspicion;
        }
        String lateFact = late.of(about.getEventId());
        if (lateFact != null) {
            return lateFact;
        }
        if (revision == null && !chains.differences().isEmpty()) {
            return "removed from the violations topic: a chain lacks records";
        }
        return expected != null && revision != null
                ? otherEvidence(expected.getEvidence(), revision.violation().getEvidence())
                : "not known: neither ledger nor chains tell";
    }

    private boolean isBroken(Violation violation) {
        return chains.broken().contains(violation.getViolationId());
    }

    private static String otherEvidence(Evidence expected, Evidence found) {
        if (!expected.getPolicySha256().equals(found.getPolicySha256())) {
            return "judged by policy " + found.getPolicySha256() + " instead of " + expected.getPolicySha256();
        }
        return "judged with other versions of the facts: location " + found.getLocationEffectiveFrom() + " instead of "
                + expected.getLocationEffectiveFrom() + ", consent " + found.getConsentEffectiveFrom() + " instead of "
                + expected.getConsentEffectiveFrom() + ", gateway " + found.getGatewayEffectiveFrom()
                + " instead of " + expected.getGatewayEffectiveFrom();
    }
}
