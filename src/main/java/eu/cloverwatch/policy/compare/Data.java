package eu.cloverwatch.policy.compare;

import eu.cloverwatch.model.Protection;
import eu.cloverwatch.policy.NeverRow;
import eu.cloverwatch.policy.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What the data of an event is: how it is protected, and of which categories. */
record Data(EquivalenceClass<Protection> protections, CategorySet categories) {

    /** Data that no policy at hand, and no property to be proved, tells apart. */
    static List<EquivalenceClass<Data>> all(
            Collection<Policy> policies, Collection<NeverRow> properties, Questions questions) {
        List<CategorySet> sets = CategorySet.all(questions.categories(), questions.ofCategories());
        List<Data> all = new ArrayList<>();
        for (EquivalenceClass<Protection> protection : questions.protections()) {
            sets.forEach(set -> all.add(new Data(protection, set)));
        }
        List<Predicate<Data>> asked = new ArrayList<>();
        for (Policy policy : policies) {
            asked.add(data -> policy.isExempt(data.protection(), data.names()));
            asked.add(data -> Questions.isInTheClear(data.protection()) && policy.isRestricted(data.names()));
            policy.terms()
                    .denied()
                    .forEach(row -> asked.add(data -> row.categories().containsAnyOf(data.names())));
        }
        for (NeverRow row : properties) {
            asked.add(data -> row.protection().contains(data.protection()));
            asked.add(data -> row.categories().containsAnyOf(data.names()));
        }
        return EquivalenceClass.partition(all, asked);
    }

    Protection protection() {
        return protections.representative();
    }

    /** The categories of an event with such data. */
    List<String> names() {
        return categories.members();
    }

    /** In words: the protections, each with the categories, and those with the same categories together. */
    static List<String> describe(Collection<Data> chosen, Collection<Data> all) {
        Map<List<String>, List<String>> protectionsBySets = new LinkedHashMap<>();
        setsByProtection(chosen)
                .forEach((protection, sets) -> protectionsBySets
                        .computeIfAbsent(
                                sets.equals(setsByProtection(all).get(protection)) ? List.of() : sets,
                                s -> new ArrayList<>())
                        .add(protection));
        return protectionsBySets.entrySet().stream()
                .map(entry -> String.join(", ", entry.getValue())
                        + (entry.getKey().isEmpty() ? "" : " of " + String.join(" / ", entry.getKey())))
                .toList();
    }

    private static Map<String, List<String>> setsByProtection(Collection<Data> chosen) {
        Map<String, List<String>> sets = new LinkedHashMap<>();
        chosen.forEach(data -> sets.computeIfAbsent(data.protections().label(), label -> new ArrayList<>())
                .add(data.categories().label()));
        sets.values().forEach(labels -> labels.sort(null));
        return sets;
    }
}
