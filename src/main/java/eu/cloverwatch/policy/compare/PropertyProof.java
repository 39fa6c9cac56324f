package eu.cloverwatch.policy.compare;

import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.policy.NeverRow;
import eu.cloverwatch.policy.Policy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a policy keeps one property that it claims.
 *
 * @param situations how many the property speaks of, all of which were judged
 * @param counterexample one that ends as compliant; empty: the property holds
 */
public record PropertyProof(NeverRow property, long situations, Optional<Situation> counterexample) {

    /** @throws TooManySituationsException if the policy and its properties tell too many situations apart */
    public static List<PropertyProof> of(Policy policy) {
        List<NeverRow> properties = policy.terms().never();
        if (properties.isEmpty()) {
            return List.of();
        }
        Situations situations = Situations.of(List.of(policy), properties);
        return properties.stream()
                .map(property -> prove(property, policy, situations))
                .toList();
    }

    private static PropertyProof prove(NeverRow property, Policy policy, Situations situations) {
        LongAdder spokenOf = new LongAdder();
        Optional<Situation> counterexample = IntStream.range(0, situations.count())
                .parallel()
                .mapToObj(situations::situation)
                .filter(situation -> situation.isPossible() && speaksOf(property, policy, situation))
                .peek(situation -> spokenOf.increment())
                .filter(situation -> isCompliant(situation.judgedBy(policy)))
                .reduce((first, second) -> first);
        return new PropertyProof(property, spokenOf.sum(), counterexample);
    }

    public boolean holds() {
        return counterexample.isEmpty();
    }

    private static boolean isCompliant(Judgement judgement) {
        return judgement.outcome() != Outcome.VIOLATION && judgement.outcome() != Outcome.UNDECIDABLE;
    }

    private static boolean speaksOf(NeverRow property, Policy policy, Situation situation) {
        return situation.movement().recipients(policy).stream().anyMatch(property.destinations()::contains)
                && property.categories().containsAnyOf(situation.data().names())
                && property.protection().contains(situation.data().protection())
                && speaksOfResidents(property, policy, situation.residence())
                && property.purposes().contains(situation.purpose())
                && (!property.minorsOnly() || situation.minor())
                && (!property.withoutGateway() || situation.gatewayState() != GatewayState.APPROVED)
                && (!property.withoutConsent() || situation.consentState() != ConsentState.GIVEN);
    }

    private static boolean speaksOfResidents(NeverRow property, Policy policy, @Nullable String residence) {
        return residence == null
                ? property.residents().isEmpty()
                : property.residents()
                        .map(residents -> residents.contains(residence))
                        .orElseGet(() -> policy.protects(residence));
    }
}
