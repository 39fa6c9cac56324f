package eu.cloverwatch.policy.compare;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Sets of categories that no policy at hand tells apart. All questions are of the form "is there one among them that ...", so
 * the answers of a set are those of its members, united; what any set can answer is found by adding one category at a time until
 * nothing new comes, and needs no look at every set.
 *
 * @param members a smallest such set, a category for each class
 * @param label in words
 */
record CategorySet(List<String> members, String label) {

    private record Found(List<EquivalenceClass<String>> classes, BitSet answers) {}

    static List<CategorySet> all(List<EquivalenceClass<String>> classes, List<Predicate<String>> questions) {
        List<Found> singles = classes.stream()
                .map(one -> new Found(List.of(one), EquivalenceClass.answers(one.representative(), questions)))
                .toList();
        Map<BitSet, Found> found = new LinkedHashMap<>();
        Queue<Found> open = new ArrayDeque<>(singles);
        while (!open.isEmpty()) {
            Found next = open.remove();
            if (found.putIfAbsent(next.answers(), next) == null) {
                singles.forEach(single -> open.add(union(next, single)));
            }
        }
        return found.values().stream().map(set -> of(set, singles)).toList();
    }

    private static Found union(Found set, Found single) {
        List<EquivalenceClass<String>> classes = new ArrayList<>(set.classes());
        classes.addAll(single.classes());
        BitSet answers = (BitSet) set.answers().clone();
        answers.or(single.answers());
        return new Found(classes, answers);
    }

    private static CategorySet of(Found set, List<Found> singles) {
        List<String> mayBeAdded = new ArrayList<>();
        List<String> mayNot = new ArrayList<>();
        for (Found single : singles) {
            BitSet more = (BitSet) single.answers().clone();
            more.andNot(set.answers());
            String name = single.classes().get(0).label();
            if (!more.isEmpty()) {
                mayNot.add(name);
            } else if (!set.classes().contains(single.classes().get(0))) {
                mayBeAdded.add(name);
            }
        }
        String members = set.classes().stream().map(EquivalenceClass::label).collect(Collectors.joining(" with "));
        return new CategorySet(
                set.classes().stream().map(EquivalenceClass::representative).toList(),
                label(members, mayBeAdded, mayNot));
    }

    private static String label(String members, List<String> mayBeAdded, List<String> mayNot) {
        if (mayNot.isEmpty()) {
            return members + (mayBeAdded.isEmpty() ? "" : ", alone or with others");
        }
        return mayBeAdded.isEmpty() ? members + " only" : members + ", alone or with " + String.join("; ", mayBeAdded);
    }
}
