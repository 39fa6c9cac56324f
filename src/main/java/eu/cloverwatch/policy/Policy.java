package eu.cloverwatch.policy;

import eu.cloverwatch.model.Protection;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.model.Severity;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is allowed, as one policy document says it. Immutable; read from a policy document. Countries are ISO 3166-1
 * alpha-2 codes in capitals; the categories of an event are at least one.
 */
public final class Policy {

    private final String policyId;
    private final Instant effectiveFrom;
    private final String sha256;
    private final Terms terms;

    /**
     * The rows of a policy. Sets and maps are the caller's to leave alone from then on.
     *
     * @param protectedResidents countries whose residents' data is protected
     * @param region countries where that data may be read without a gateway
     * @param sites by id
     * @param severity of the rules whose base is not their own
     * @param never what is to be proved of the policy; without influence on any judgement
     */
    public record Terms(
            Set<String> protectedResidents,
            Set<String> region,
            Map<String, Site> sites,
            Set<String> restrictedCategories,
            List<ExemptRow> exempt,
            List<DeniedRow> denied,
            Set<String> consentRequiredFor,
            boolean minorsEgressAllowed,
            Map<Rule, Severity> severity,
            List<NeverRow> never) {}

    /** Data outside the rules: protected in one of these ways, and of these categories only. */
    public record ExemptRow(Set<Protection> protection, Selection categories) {}

    /** Data of any of these categories must not reach these countries, whatever the gateway. */
    public record DeniedRow(Selection destinations, Selection categories) {}

    Policy(String policyId, Instant effectiveFrom, String sha256, Terms terms) {
        this.policyId = policyId;
        this.effectiveFrom = effectiveFrom;
        this.sha256 = sha256;
        this.terms = terms;
    }

    public String policyId() {
        return policyId;
    }

    /** Inclusive; a revision recorded later is in force from then on only. */
    public Instant effectiveFrom() {
        return effectiveFrom;
    }

    /** SHA-256 of the document's text in UTF-8, 64 lower-case hexadecimal digits. */
    public String sha256() {
        return sha256;
    }

    /** The rows as they are written, for those who compare policies; the judge asks what stands below. */
    public Terms terms() {
        return terms;
    }

    /** Whether the data of this country's residents is protected. */
    public boolean protects(String country) {
        return terms.protectedResidents().contains(country);
    }

    /** Whether protected data may be read in this country without a gateway. */
    public boolean inRegion(String country) {
        return terms.region().contains(country);
    }

    /** Empty: the policy does not know this site. */
    public Optional<Site> site(String id) {
        return Optional.ofNullable(terms.sites().get(id));
    }

    /** Whether any of the categories is restricted. */
    public boolean isRestricted(Collection<String> categories) {
        return !Collections.disjoint(terms.restrictedCategories(), categories);
    }

    /** Whether a row exempts this protection, and all of the event's categories. */
    public boolean isExempt(Protection protection, Collection<String> categories) {
        for (ExemptRow row : terms.exempt()) {
            if (row.protection().contains(protection) && row.categories().containsAll(categories)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a row denies this destination for any of the event's categories, whatever the gateway. */
    public boolean denies(String country, Collection<String> categories) {
        for (DeniedRow row : terms.denied()) {
            if (row.destinations().contains(country) && row.categories().containsAnyOf(categories)) {
                return true;
            }
        }
        return false;
    }

    public boolean requiresConsent(String purpose) {
        return terms.consentRequiredFor().contains(purpose);
    }

    /** Whether minors' data may leave the region, through a gateway like anybody's. */
    public boolean allowsMinorsEgress() {
        return terms.minorsEgressAllowed();
    }

    /** The severity that a finding of this rule starts from: this policy's, else the rule's own. */
    public Severity base(Rule rule) {
        return terms.severity().getOrDefault(rule, rule.base());
    }
}
