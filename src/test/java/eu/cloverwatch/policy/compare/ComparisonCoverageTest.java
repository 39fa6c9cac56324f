package eu.cloverwatch.policy.compare;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.policy.Policy;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever event is judged differently, the comparison lists it: for each rule on which the two judgements differ, it lists a
 * situation that is a part of the event and differs in that rule. The events are not made from what is walked. Among the seeds are some that fail if a site is not walked with
 * its country named, if approvals for one of two countries are not, and if sets of several categories are not.
 */
class ComparisonCoverageTest {

    private static final int EVENTS = 3_000;

    @ParameterizedTest
    @ValueSource(longs = {3, 6, 8, 10, 20})
    void everyEventThatIsJudgedDifferentlyIsListed(long seed) {
        Random random = new Random(seed);
        List<Policy> pair = new RandomPolicy(random).pair();
        PolicyComparison comparison = PolicyComparison.of(pair.get(0), pair.get(1));
        Simplifications simplifications = new Simplifications(pair, comparison.walked());
        for (int i = 0; i < EVENTS; i++) {
            RandomEvent event = RandomEvent.of(random);
            Judgement before = event.judgedBy(pair.get(0));
            Judgement after = event.judgedBy(pair.get(1));
            Set<RuleChange> changes = RuleChange.between(before, after);
            if (changes.isEmpty() && before.outcome() == after.outcome()) {
                continue;
            }
            List<int[]> parts = simplifications.of(event);
            for (RuleChange change : changes) {
                assertThat(parts)
                        .as("seed %d, event %d, %s: %s", seed, i, change, event)
                        .anyMatch(part -> listed(comparison, part)
                                && changes(comparison, part, pair).stream()
                                        .anyMatch(other -> other.rule() == change.rule()));
            }
            if (changes.isEmpty()) {
                assertThat(parts)
                        .as("seed %d, event %d: %s", seed, i, event)
                        .anyMatch(part -> comparison.classesOf(part).stream()
                                .anyMatch(events ->
                                        events.before() == before.outcome() && events.after() == after.outcome()));
            }
        }
    }

    private static boolean listed(PolicyComparison comparison, int[] part) {
        return !comparison.classesOf(part).isEmpty();
    }

    private static Set<RuleChange> changes(PolicyComparison comparison, int[] part, List<Policy> pair) {
        int[] sizes = comparison.walked().sizes();
        int number = 0;
        for (int dimension = 0; dimension < sizes.length; dimension++) {
            number = number * sizes[dimension] + part[dimension];
        }
        Situation situation = comparison.walked().situation(number);
        return RuleChange.between(situation.judgedBy(pair.get(0)), situation.judgedBy(pair.get(1)));
    }
}
