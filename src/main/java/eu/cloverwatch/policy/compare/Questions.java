package eu.cloverwatch.policy.compare;

import eu.cloverwatch.model.Countries;
import eu.cloverwatch.model.Protection;
import eu.cloverwatch.policy.NeverRow;
import eu.cloverwatch.policy.Policy;
import eu.cloverwatch.policy.Selection;
import eu.cloverwatch.policy.Site;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * All that the policies at hand, and the properties to be proved, can ask of a country, a protection, a category or a purpose.
 * Values with the same answers are judged alike, so that one of them will do.
 */
final class Questions {

    private final List<Predicate<String>> residents = new ArrayList<>();
    private final List<Predicate<String>> recipients = new ArrayList<>();
    private final List<Predicate<Protection>> protections = new ArrayList<>();
    private final List<Predicate<String>> categories = new ArrayList<>();
    private final List<Predicate<String>> purposes = new ArrayList<>();
    private final Set<String> namedCountries = new LinkedHashSet<>();
    private final Set<String> namedCategories = new LinkedHashSet<>();
    private final Set<String> namedPurposes = new LinkedHashSet<>();

    Questions(Collection<Policy> policies, Collection<NeverRow> properties) {
        // Whether data is in the clear steps up the severity.
        protections.add(Questions::isInTheClear);
        policies.forEach(this::add);
        properties.forEach(this::add);
    }

    static boolean isInTheClear(Protection protection) {
        return protection == Protection.RAW || protection == Protection.UNKNOWN;
    }

    private void add(Policy policy) {
        Policy.Terms terms = policy.terms();
        terms.denied().forEach(row -> {
            recipients.add(row.destinations()::contains);
            categories.add(row.categories()::contains);
            name(row.destinations(), namedCountries);
            name(row.categories(), namedCategories);
        });
        residents.add(policy::protects);
        recipients.add(policy::inRegion);
        terms.sites().values().stream().map(Site::country).forEach(namedCountries::add);
        categories.add(terms.restrictedCategories()::contains);
        namedCategories.addAll(terms.restrictedCategories());
        terms.exempt().forEach(row -> {
            protections.add(row.protection()::contains);
            // Every category of the event must be in the row: one that is not makes the difference.
            categories.add(category -> !row.categories().contains(category));
            name(row.categories(), namedCategories);
        });
        purposes.add(policy::requiresConsent);
        namedPurposes.addAll(terms.consentRequiredFor());
    }

    private void add(NeverRow row) {
        recipients.add(row.destinations()::contains);
        name(row.destinations(), namedCountries);
        categories.add(row.categories()::contains);
        name(row.categories(), namedCategories);
        protections.add(row.protection()::contains);
        row.residents().ifPresent(countries -> residents.add(countries::contains));
        purposes.add(row.purposes()::contains);
        name(row.purposes(), namedPurposes);
    }

    private static void name(Selection selection, Set<String> names) {
        if (selection.values() != null) {
            names.addAll(selection.values());
        }
    }

    /** Countries as those of subjects. */
    List<EquivalenceClass<String>> residents() {
        return EquivalenceClass.partition(countries(), residents);
    }

    /** Countries as those that data reaches. */
    List<EquivalenceClass<String>> recipients() {
        return EquivalenceClass.partition(countries(), recipients);
    }

    /** What is asked of a country that data reaches. */
    List<Predicate<String>> ofRecipients() {
        return recipients;
    }

    List<EquivalenceClass<Protection>> protections() {
        List<Protection> all = new ArrayList<>(List.of(Protection.values()));
        // RAW stands for UNKNOWN, not the other way round.
        all.remove(Protection.UNKNOWN);
        all.add(Protection.UNKNOWN);
        return EquivalenceClass.partition(all, protections);
    }

    /** Single categories, with one that no policy names. */
    List<EquivalenceClass<String>> categories() {
        return EquivalenceClass.partition(withAnother("ANOTHER_CATEGORY", namedCategories), categories);
    }

    /** What is asked of a category; of several, whether there is one among them of which it is so. */
    List<Predicate<String>> ofCategories() {
        return categories;
    }

    List<EquivalenceClass<String>> purposes() {
        return EquivalenceClass.partition(withAnother("ANOTHER_PURPOSE", namedPurposes), purposes);
    }

    /** Those that somebody has named first, so that they stand for the others. */
    private Set<String> countries() {
        Set<String> countries = new LinkedHashSet<>(namedCountries);
        Countries.all().stream().sorted().forEach(countries::add);
        return countries;
    }

    private static Set<String> withAnother(String another, Set<String> named) {
        Set<String> all = new LinkedHashSet<>(named);
        all.add(unlike(named, another));
        return all;
    }

    /** A name that nobody has used. */
    static String unlike(Set<String> used, String name) {
        String free = name;
        while (used.contains(free)) {
            free += "_";
        }
        return free;
    }
}
