package eu.cloverwatch.cli;

import eu.cloverwatch.model.PolicyRevision;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.policy.PolicyException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The revisions that are published, and which of them is in force when. */
final class PublishedPolicies {

    /** A revision that the monitor takes: what it says of its document is so. */
    record Published(PolicyRevision revision, PolicyDocument document) {

        /** Policy, start and document. */
        String name() {
            return revision.policyId() + " in force from " + revision.inForceFrom() + " (sha256 " + revision.sha256()
                    + ")";
        }
    }

    /** Sorting is stable: of equal ones the later arrival is the last. */
    private static final Comparator<Published> ORDER = Comparator.<Published, Instant>comparing(
                    published -> published.revision().inForceFrom())
            .thenComparing(published -> published.revision().recordedAt());

    private final List<Published> inOrder = new ArrayList<>();

    /**
     * @param revisions in order of arrival
     * @param problems receives a line for each that the monitor rejects
     */
    PublishedPolicies(List<PolicyRevision> revisions, Consumer<String> problems) {
        for (PolicyRevision revision : revisions) {
            try {
                PolicyDocument document = PolicyDocument.parse(revision.document());
                if (document.policy().policyId().equals(revision.policyId())
                        && document.effectiveFrom().equals(revision.effectiveFrom())) {
                    inOrder.add(new Published(revision, document));
                } else {
                    problems.accept("ignored, its record says otherwise than its document: " + revision.policyId()
                            + " recorded " + revision.recordedAt());
                }
            } catch (PolicyException e) {
                problems.accept("ignored, no policy: " + revision.policyId() + " recorded " + revision.recordedAt()
                        + ": " + e.getMessage());
            }
        }
        inOrder.sort(ORDER);
    }

    /** The one in force last at this time, across all policy ids. */
    Optional<Published> inForceAt(Instant t) {
        return inOrder.stream()
                .filter(published -> !published.revision().inForceFrom().isAfter(t))
                .reduce((earlier, later) -> later);
    }

    /** The next one that comes into force after this time. */
    Optional<Published> nextAfter(Instant t) {
        return inOrder.stream()
                .filter(published -> published.revision().inForceFrom().isAfter(t))
                .findFirst();
    }
}
