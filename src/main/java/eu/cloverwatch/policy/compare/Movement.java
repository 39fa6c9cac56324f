package eu.cloverwatch.policy.compare;

import eu.cloverwatch.model.AccessEvent.Destination;
import eu.cloverwatch.model.Operation;
import eu.cloverwatch.policy.Policy;
import eu.cloverwatch.policy.Site;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happens to data: where it is read or stored, or one place that it reaches. An event of several is judged by
 * what is found for each of them, so that one at a time will do.
 *
 * @param place where, in words
 * @param origin id of a site
 * @param actorCountry where the employee is; null for a service, and where it is not known
 * @param countries that the policies may take for recipients, each once
 */
record Movement(
        Kind kind,
        String place,
        Instant at,
        String origin,
        Destination destination,
        @Nullable String actorCountry,
        List<String> countries) {

    /** In words with the place behind them. */
    enum Kind {
        READ_AT(Operation.READ, false, "read by a service at"),
        STORED_AT(Operation.WRITE, false, "stored at"),
        SENT_TO_SITE(Operation.EXPORT, false, "sent to"),
        REPLICATED_TO_SITE(Operation.REPLICATE, false, "sent to and stored at"),
        SENT_TO_SITE_IN_COUNTRY(Operation.EXPORT, false, "sent with the country named to"),
        SENT_TO_COUNTRY(Operation.EXPORT, false, "sent to"),
        STORED_IN_COUNTRY(Operation.WRITE, false, "stored in"),
        READ_FROM_COUNTRY(Operation.READ, true, "read by an employee in"),
        READ_FROM_NOBODY_KNOWS_WHERE(Operation.READ, true, "read by an employee whose location"),
        READ_FROM_NOT_KEPT(Operation.READ, true, "read by an employee whose location");

        private final Operation operation;
        private final boolean person;
        private final String phrase;

        Kind(Operation operation, boolean person, String phrase) {
            this.operation = operation;
            this.person = person;
            this.phrase = phrase;
        }

        Operation operation() {
            return operation;
        }

        /** Whether an employee acts, rather than a service. */
        boolean person() {
            return person;
        }

        String phrase() {
            return phrase;
        }
    }

    /** Every movement that the policies can tell from another. */
    static List<Movement> all(List<Policy> policies, Questions questions, Instant preferred) {
        List<Movement> movements = new ArrayList<>();
        for (SiteState state : SiteState.all(policies, questions.ofRecipients(), preferred)) {
            movements.add(atOrigin(Kind.READ_AT, state));
            movements.add(atOrigin(Kind.STORED_AT, state));
            movements.add(toSite(Kind.SENT_TO_SITE, state, null));
            movements.add(toSite(Kind.REPLICATED_TO_SITE, state, null));
            // A country that is the site's is no recipient of its own: what one policy takes for one another may not.
            state.countries().forEach(country -> movements.add(toSite(Kind.SENT_TO_SITE_IN_COUNTRY, state, country)));
        }
        for (String origin : quietOrigins(policies)) {
            for (EquivalenceClass<String> country : questions.recipients()) {
                movements.add(toCountry(Kind.SENT_TO_COUNTRY, origin, country, preferred));
                movements.add(toCountry(Kind.STORED_IN_COUNTRY, origin, country, preferred));
                movements.add(toCountry(Kind.READ_FROM_COUNTRY, origin, country, preferred));
            }
            movements.add(nowhere(Kind.READ_FROM_NOBODY_KNOWS_WHERE, "nobody knows", origin, preferred));
            movements.add(nowhere(Kind.READ_FROM_NOT_KEPT, "is no longer kept", origin, preferred));
        }
        return movements;
    }

    private static Movement atOrigin(Kind kind, SiteState state) {
        return new Movement(kind, state.label(), state.at(), state.site(), Destination.NONE, null, List.of());
    }

    private static Movement toSite(Kind kind, SiteState state, @Nullable String country) {
        return new Movement(
                kind,
                country == null || state.countries().size() == 1 ? state.label() : state.label() + " (" + country + ")",
                state.at(),
                state.site(),
                new Destination(state.site(), country),
                null,
                state.countries());
    }

    private static Movement toCountry(Kind kind, String origin, EquivalenceClass<String> country, Instant at) {
        String one = country.representative();
        boolean person = kind.person();
        return new Movement(
                kind,
                country.label(),
                at,
                origin,
                person ? Destination.NONE : new Destination(null, one),
                person ? one : null,
                List.of(one));
    }

    private static Movement nowhere(Kind kind, String place, String origin, Instant at) {
        return new Movement(kind, place, at, origin, Destination.NONE, null, List.of());
    }

    /** Origins in which nothing is found: a site that all policies list. If there is none, one of each policy's. */
    private static Set<String> quietOrigins(List<Policy> policies) {
        Set<String> origins = new LinkedHashSet<>();
        for (Policy policy : policies) {
            Set<String> sites = policy.terms().sites().keySet();
            Optional<String> common = sites.stream()
                    .filter(site -> policies.stream().allMatch(p -> p.site(site).isPresent()))
                    .findFirst();
            if (common.isPresent()) {
                return Set.of(common.get());
            }
            origins.add(sites.iterator().next());
        }
        return origins;
    }

    /** The countries that data reaches, as one policy sees it; inside the region or not. */
    Set<String> recipients(Policy policy) {
        Set<String> recipients = new LinkedHashSet<>();
        Optional.ofNullable(destination.site())
                .flatMap(policy::site)
                .map(Site::country)
                .ifPresent(recipients::add);
        Optional.ofNullable(destination.country()).ifPresent(recipients::add);
        Optional.ofNullable(actorCountry).ifPresent(recipients::add);
        return recipients;
    }

    /** In words; what happens at the same places is said together. */
    static List<String> describe(List<Movement> movements) {
        Map<String, List<String>> phrases = new LinkedHashMap<>();
        for (Movement movement : movements) {
            phrases.computeIfAbsent(movement.place, place -> new ArrayList<>()).add(movement.kind.phrase);
        }
        Map<List<String>, List<String>> places = new LinkedHashMap<>();
        phrases.forEach((place, kinds) -> places.computeIfAbsent(
                        kinds.stream().distinct().toList(), k -> new ArrayList<>())
                .add(place));
        return places.entrySet().stream()
                .map(entry -> String.join(" or ", entry.getKey()) + " " + String.join("; ", entry.getValue()))
                .toList();
    }
}
