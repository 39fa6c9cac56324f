package eu.cloverwatch.policy;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.AccessEvent.GatewayUse;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.GatewayStatus;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.model.SubjectConsent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Examines a flow that reaches countries outside the region. Every rule is examined for every country. */
final class Egress {

    private final AccessEvent event;
    private final Policy policy;
    private final Map<String, String> outside;
    private final Findings findings;

    /** @param outside the countries reached, in order, each with what is there; not empty */
    Egress(AccessEvent event, Policy policy, Map<String, String> outside, Findings findings) {
        this.event = event;
        this.policy = policy;
        this.outside = outside;
        this.findings = findings;
    }

    void examine(Lookup<SubjectConsent> consent, Lookup<GatewayApproval> gateway, boolean minor) {
        denied();
        if (minor && !policy.allowsMinorsEgress()) {
            findings.add(
                    Rule.MINOR_DATA_EGRESS,
                    "a minor's data reached " + named(outside.keySet()),
                    "keep minors' data in the region");
        }
        GatewayUse use = event.gateway();
        if (use == null) {
            findings.add(
                    Rule.EGRESS_WITHOUT_GATEWAY,
                    categories() + " reached " + named(outside.keySet()) + " through no gateway",
                    "pass through a gateway approved for " + String.join(", ", outside.keySet()));
        } else {
            gateway(use, gateway);
        }
        if (policy.requiresConsent(event.purpose())) {
            consent(consent);
        }
    }

    private void denied() {
        List<String> denied = where(country -> policy.denies(country, event.categories()));
        if (!denied.isEmpty()) {
            findings.add(
                    Rule.DENIED_DESTINATION,
                    categories() + " reached " + named(denied) + ", where the policy allows it through no gateway",
                    "keep " + categories() + " out of " + String.join(", ", denied));
        }
    }

    private void gateway(GatewayUse use, Lookup<GatewayApproval> lookup) {
        if (lookup instanceof Lookup.Known<GatewayApproval> known) {
            GatewayApproval approval = known.value();
            approved(approval);
            scope(approval);
            build(approval, use);
        } else if (lookup instanceof Lookup.BeyondHistory) {
            findings.add(
                    Rule.HISTORY_EXPIRED,
                    "whether gateway " + use.id() + " was approved at the time of the event is no longer kept",
                    "keep approvals for as long as events may be late");
        } else {
            findings.add(
                    Rule.GATEWAY_UNKNOWN,
                    "gateway " + use.id() + " had no approval when data reached " + named(outside.keySet()),
                    "have gateway " + use.id() + " approved for " + String.join(", ", outside.keySet())
                            + " before it is used");
        }
    }

    private void approved(GatewayApproval approval) {
        Instant until = approval.validUntil();
        if (approval.status() != GatewayStatus.APPROVED) {
            findings.add(
                    Rule.GATEWAY_NOT_APPROVED,
                    "gateway " + approval.gatewayId() + " was " + status(approval) + " since "
                            + approval.effectiveFrom() + " when data reached " + named(outside.keySet()),
                    "have gateway " + approval.gatewayId() + " approved before it is used");
        } else if (until != null && !event.occurredAt().isBefore(until)) {
            findings.add(
                    Rule.GATEWAY_NOT_APPROVED,
                    "approval " + approval.gatewayId() + " expired " + until + " and data reached "
                            + named(outside.keySet()),
                    "renew approval " + approval.gatewayId() + ", which expired " + until);
        }
    }

    private static String status(GatewayApproval approval) {
        return approval.status() == GatewayStatus.UNKNOWN
                ? "in a state that this version does not know"
                : approval.status().name();
    }

    private void scope(GatewayApproval approval) {
        List<String> exceeded = new ArrayList<>();
        List<String> countries = where(country -> !GatewayApproval.covers(approval.destinations(), country));
        if (!countries.isEmpty()) {
            exceeded.add("destination " + String.join(", ", countries));
        }
        List<String> uncovered = event.categories().stream()
                .filter(category -> !GatewayApproval.covers(approval.categories(), category))
                .distinct()
                .toList();
        if (!uncovered.isEmpty()) {
            exceeded.add("category " + String.join(", ", uncovered));
        }
        if (!GatewayApproval.covers(approval.purposes(), event.purpose())) {
            exceeded.add("purpose " + event.purpose());
        }
        if (!exceeded.isEmpty()) {
            String what = String.join("; ", exceeded);
            findings.add(
                    Rule.GATEWAY_SCOPE_EXCEEDED,
                    "data reached " + named(outside.keySet()) + ", but gateway " + approval.gatewayId()
                            + " is not approved for " + what,
                    "extend approval " + approval.gatewayId() + " to " + what + ", or use a gateway approved for it");
        }
    }

    private void build(GatewayApproval approval, GatewayUse use) {
        if (approval.reviewedBuilds().isEmpty()
                || (use.buildDigest() != null && approval.reviewedBuilds().contains(use.buildDigest()))) {
            return;
        }
        String build = use.buildDigest() == null ? "an unnamed build" : "build " + use.buildDigest();
        findings.add(
                Rule.GATEWAY_BUILD_UNREVIEWED,
                "data reached " + named(outside.keySet()) + " through gateway " + approval.gatewayId() + " running "
                        + build + ", which was not reviewed",
                "run a reviewed build on gateway " + approval.gatewayId() + " and name it in the event");
    }

    private void consent(Lookup<SubjectConsent> lookup) {
        if (lookup instanceof Lookup.BeyondHistory) {
            findings.add(
                    Rule.HISTORY_EXPIRED,
                    "the subject's consents at the time of the event are no longer kept",
                    "keep consents for as long as events may be late");
            return;
        }
        List<String> missing = where(country -> !(lookup instanceof Lookup.Known<SubjectConsent> known
                && known.value().allows(event.purpose(), country)));
        if (!missing.isEmpty()) {
            findings.add(
                    Rule.CONSENT_MISSING,
                    event.subject().id() == null
                            ? "a bulk access for " + event.purpose() + " reached " + named(missing)
                                    + ": it cannot prove consent"
                            : "the subject has not agreed to " + event.purpose() + " in " + named(missing),
                    "obtain consent to " + event.purpose() + " in " + String.join(", ", missing)
                            + " before data is sent there");
        }
    }

    private List<String> where(Predicate<String> country) {
        List<String> countries = List.of();
        for (String reached : outside.keySet()) {
            if (country.test(reached)) {
                countries = countries.isEmpty() ? new ArrayList<>() : countries;
                countries.add(reached);
            }
        }
        return countries;
    }

    private String categories() {
        return event.categories().stream().distinct().collect(Collectors.joining(", "));
    }

    /** For example {@code JP (site tokyo-office), CN (location of E-17)}. */
    private String named(Iterable<String> countries) {
        List<String> names = new ArrayList<>();
        for (String country : countries) {
            names.add(country + " (" + outside.get(country) + ")");
        }
        return String.join(", ", names);
    }
}
