package eu.cloverwatch.model;

import java.util.List;

/** The rules, each with its severity unless the policy overrides it, and what asks for it. */
public enum Rule {
    DENIED_DESTINATION(Severity.CRITICAL, false, "programme", "GDPR Art. 46(1)"),
    EGRESS_WITHOUT_GATEWAY(Severity.HIGH, false, "programme", "GDPR Art. 44"),
    GATEWAY_UNKNOWN(Severity.HIGH, false, "programme"),
    GATEWAY_NOT_APPROVED(Severity.HIGH, false, "programme"),
    GATEWAY_SCOPE_EXCEEDED(Severity.MEDIUM, false, "programme", "GDPR Art. 5(1)(b)"),
    GATEWAY_BUILD_UNREVIEWED(Severity.MEDIUM, false, "programme"),
    CONSENT_MISSING(Severity.MEDIUM, false, "GDPR Art. 49(1)(a)", "GDPR Art. 7(3)"),
    MINOR_DATA_EGRESS(Severity.HIGH, false, "GDPR Art. 8", "programme"),
    STORED_OUTSIDE_ENCLAVE(Severity.HIGH, false, "programme"),
    ACTOR_LOCATION_UNKNOWN(Severity.MEDIUM, true, "programme"),
    SUBJECT_COUNTRY_UNKNOWN(Severity.MEDIUM, true, "programme"),
    SITE_UNKNOWN(Severity.MEDIUM, true, "programme"),
    POLICY_ABSENT(Severity.MEDIUM, true, "programme"),
    HISTORY_EXPIRED(Severity.MEDIUM, true, "programme");

    private final Severity base;
    private final boolean undecidable;
    private final List<String> sources;

    Rule(Severity base, boolean undecidable, String... sources) {
        this.base = base;
        this.undecidable = undecidable;
        this.sources = List.of(sources);
    }

    public Severity base() {
        return base;
    }

    /** Whether this says that something is not known, rather than that a rule was not kept. */
    public boolean undecidable() {
        return undecidable;
    }

    public List<String> sources() {
        return sources;
    }
}
