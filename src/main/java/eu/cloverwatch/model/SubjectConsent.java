package eu.cloverwatch.model;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Residence, age band and consents of one data subject; replaces all earlier grants.
 *
 * @param effectiveFrom inclusive, until the next version
 * @param grants all decisions; never one granted and one refused for the same purpose
 */
public record SubjectConsent(
        SubjectId subjectId,
        String residenceCountry,
        AgeBand ageBand,
        Instant effectiveFrom,
        Instant recordedAt,
        List<Grant> grants) {

    public SubjectConsent {
        Check.country("residence_country", residenceCountry);
        grants = List.copyOf(grants);
        Map<String, Boolean> decisions = new HashMap<>();
        for (int i = 0; i < grants.size(); i++) {
            Grant grant = grants.get(i);
            Boolean earlier = decisions.putIfAbsent(grant.purpose(), grant.granted());
            if (earlier != null && earlier != grant.granted()) {
                throw new InvalidRecordException(
                        "grants[" + i + "]", "no purpose both granted and refused in one record");
            }
        }
    }

    /**
     * One decision of the subject.
     *
     * @param destinations countries agreed to; empty: anywhere
     */
    public record Grant(String purpose, boolean granted, List<String> destinations) {
        public Grant {
            Check.text("grants.purpose", purpose);
            destinations = Check.countries("grants.destinations", destinations);
        }
    }

    /** Whether the subject agreed that data is used for this purpose in this country (GDPR Art. 49(1)(a)). */
    public boolean allows(String purpose, String country) {
        return grants.stream()
                .anyMatch(grant -> grant.granted()
                        && grant.purpose().equals(purpose)
                        && (grant.destinations().isEmpty()
                                || grant.destinations().contains(country)));
    }

    public Timeline.Version<SubjectConsent> version() {
        return new Timeline.Version<>(effectiveFrom, recordedAt, this);
    }
}
