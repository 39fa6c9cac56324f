package eu.cloverwatch.model;

import java.util.Comparator;

/**
 * One rule that was not kept, or could not be checked.
 *
 * @param message what was found, for a person; without the subject's personal data
 * @param remedy the smallest change that would have made the flow compliant
 */
public record Finding(Rule rule, Severity severity, String message, String remedy) {

    /** By severity, highest first, then by rule id. */
    public static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity, Comparator.reverseOrder())
            .thenComparing(finding -> finding.rule().name());
}
