package eu.cloverwatch.topology;

import eu.cloverwatch.policy.PolicyDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Policies of a simulated world: one to three revisions, not always one in force from the beginning. */
final class SimulatedPolicies {

    private static final String DOCUMENT = """
            policy_id: %s
            effective_from: %s
            recorded_at: %s
            protected_residents: [%s]
            region: [IE, DE]
            sites:
              - {id: dublin-1, country: IE, enclave: [{from: 2023-03-08T00:00:00Z}]}
              - {id: us-enclave, country: US, enclave: [{from: 2023-03-08T00:00:00Z, until: %s}]}
              - {id: tokyo-1, country: JP, legacy_until: %s}
            restricted_categories: [EMAIL]
            exempt:
              - {protection: [AGGREGATED, PUBLIC]}
              - {protection: [PSEUDONYMISED], categories: [PUBLIC_VIDEO]}
            denied:
              - {destinations: [CN], categories: %s}
            consent_required_for: [ADVERTISING]
            minors: {egress: %s}
            severity: {GATEWAY_SCOPE_EXCEEDED: %s}
            """;

    private SimulatedPolicies() {}

    /** In order of arrival. */
    static List<PolicyDocument> of(SimulatedDice dice, SimulatedClock clock) {
        List<PolicyDocument> policies = new ArrayList<>();
        boolean late = dice.oneIn(10);
        policies.add(
                revision(dice, clock, late ? clock.any(dice) : clock.start().minus(Duration.ofDays(30))));
        for (int more = dice.below(3); more > 0; more--) {
            policies.add(revision(dice, clock, clock.any(dice)));
        }
        return policies;
    }

    private static PolicyDocument revision(SimulatedDice dice, SimulatedClock clock, Instant effectiveFrom) {
        Instant recordedAt = dice.oneIn(8) ? clock.any(dice) : effectiveFrom;
        return PolicyDocument.parse(DOCUMENT.formatted(
                dice.oneIn(2) ? "eu-user-data" : "eu-interim",
                effectiveFrom,
                recordedAt,
                dice.oneIn(4) ? "IE, DE, JP" : "IE, DE",
                clock.any(dice),
                clock.any(dice),
                dice.oneIn(2) ? "restricted" : "any",
                dice.oneIn(4) ? "allow" : "deny",
                dice.oneIn(2) ? "HIGH" : "LOW"));
    }
}
