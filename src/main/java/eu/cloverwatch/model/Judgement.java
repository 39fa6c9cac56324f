package eu.cloverwatch.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event ends as, why, and what was known when it was judged.
 *
 * @param outcome never DUPLICATE or REJECTED: those are not for the judge to say
 * @param findings in the order of {@link Finding#ORDER}; empty unless the outcome is VIOLATION or UNDECIDABLE
 * @param known what the judgement rests on
 */
public record Judgement(Outcome outcome, List<Finding> findings, Known known) {

    public Judgement {
        findings = findings.size() < 2
                ? List.copyOf(findings)
                : findings.stream().sorted(Finding.ORDER).toList();
    }

    /**
     * What was known of the event at its time.
     *
     * @param policySha256 of the policy in force, null if none was
     * @param subjectCountry by the event, else by the subject's record
     * @param minor by the event, else by the subject's record
     * @param actorCountry where the employee was
     * @param originCountry of the site where the data lay
     * @param destinationCountry the first recipient outside
     * @param locationFrom since when the location that was used is valid, likewise consent and gateway
     */
    public record Known(
            @Nullable String policySha256,
            @Nullable String subjectCountry,
            @Nullable Boolean minor,
            @Nullable String actorCountry,
            @Nullable String originCountry,
            @Nullable String destinationCountry,
            @Nullable Instant locationFrom,
            @Nullable Instant consentFrom,
            @Nullable Instant gatewayFrom) {}

    /**
     * The highest severity of the findings.
     *
     * @throws java.util.NoSuchElementException if there are none
     */
    public Severity severity() {
        return findings.stream()
                .map(Finding::severity)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
