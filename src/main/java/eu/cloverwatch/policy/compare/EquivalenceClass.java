package eu.cloverwatch.policy.compare;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Values that no policy at hand tells apart.
 *
 * @param members at least one; the first stands for all
 */
record EquivalenceClass<T>(List<T> members) {

    private static final int SHOWN = 4;

    EquivalenceClass {
        members = List.copyOf(members);
    }

    /** The coarsest partition in which every class answers every question alike; in the order of the values. */
    static <T> List<EquivalenceClass<T>> partition(Collection<T> values, List<Predicate<T>> questions) {
        Map<BitSet, List<T>> classes = new LinkedHashMap<>();
        for (T value : values) {
            classes.computeIfAbsent(answers(value, questions), answers -> new ArrayList<>())
                    .add(value);
        }
        return classes.values().stream().map(EquivalenceClass::new).toList();
    }

    static <T> BitSet answers(T value, List<Predicate<T>> questions) {
        BitSet answers = new BitSet(questions.size());
        for (int i = 0; i < questions.size(); i++) {
            answers.set(i, questions.get(i).test(value));
        }
        return answers;
    }

    T representative() {
        return members.get(0);
    }

    /** The members, or the first few and how many more there are. */
    String label() {
        String shown = members.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
        return members.size() <= SHOWN ? shown : shown + " and " + (members.size() - SHOWN) + " more";
    }
}
