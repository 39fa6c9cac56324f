package eu.cloverwatch.policy.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CategorySetTest {

    private static final List<String> CATEGORIES = List.of("A", "B", "C", "D", "E", "F");

    /** Compared with a look at every one of the 63 sets. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everythingThatASetCanAnswerIsAnsweredByOne(long seed) {
        Random random = new Random(seed);
        List<Predicate<String>> questions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Set<String> yes = new HashSet<>();
            CATEGORIES.stream().filter(category -> random.nextBoolean()).forEach(yes::add);
            questions.add(yes::contains);
        }
        Set<BitSet> expected = new HashSet<>();
        for (int set = 1; set < 1 << CATEGORIES.size(); set++) {
            List<String> members = new ArrayList<>();
            for (int i = 0; i < CATEGORIES.size(); i++) {
                if ((set & 1 << i) != 0) {
                    members.add(CATEGORIES.get(i));
                }
            }
            expected.add(answers(members, questions));
        }

        List<CategorySet> sets = CategorySet.all(EquivalenceClass.partition(CATEGORIES, questions), questions);

        assertThat(sets)
                .extracting(set -> answers(set.members(), questions))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static BitSet answers(List<String> members, List<Predicate<String>> questions) {
        BitSet answers = new BitSet();
        members.forEach(member -> answers.or(EquivalenceClass.answers(member, questions)));
        return answers;
    }

    @Test
    void aSetIsSaidByWhatMustAndMayBeInIt() {
        List<Predicate<String>> questions = List.of("A"::equals, category -> !category.equals("C"));

        assertThat(CategorySet.all(EquivalenceClass.partition(CATEGORIES, questions), questions))
                .extracting(CategorySet::label)
                .containsExactlyInAnyOrder("A, alone or with others", "B, D, E, F, alone or with C", "C only");
    }

    @Test
    void manyMembersAreCounted() {
        assertThat(new EquivalenceClass<>(CATEGORIES).label()).isEqualTo("A, B, C, D and 2 more");
    }
}
