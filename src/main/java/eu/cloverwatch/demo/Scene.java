package eu.cloverwatch.demo;

import eu.cloverwatch.demo.Population.Person;
import eu.cloverwatch.demo.Workforce.Employee;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.Operation;
import eu.cloverwatch.v1.Protection;
import eu.cloverwatch.v1.Subject;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A moment of the world, and what can be found in it. */
record Scene(Instant at, Dice dice, Workforce workforce, Population population, Gateways gateways) {

    private static final List<String> SERVICES = List.of(
            "profile-api",
            "video-store",
            "feed-ranking",
            "support-desk",
            "trust-safety",
            "messaging",
            "billing",
            "data-warehouse",
            "search");

    private static final int TRIES = 12;

    /** None of these ever needs consent. */
    private static final List<String> PURPOSES =
            List.of("OPERATIONS", "SUPPORT", "SAFETY", "ENGINEERING", "RESEARCH", "LEGAL");

    /** A service in an enclave reads someone's data for itself: nothing in it is remarkable yet. */
    Access access() {
        String service = dice.pick(SERVICES);
        String site = dice.pick(Geography.enclaves(at));
        return new Access()
                .by(service, dice.pick(PURPOSES))
                .does(dice.percent(85) ? Operation.READ : dice.percent(70) ? Operation.EXPORT : Operation.DELETE)
                .actor(ActorType.SERVICE, service + "@" + site, null)
                .from(site)
                .data(anyCategories(), dice.percent(95) ? Protection.RAW : Protection.UNKNOWN)
                .size(dice.skewed(3), dice.skewed(7))
                .traced(dice.percent(30) ? "%016x".formatted(dice.skewed(18)) : null);
    }

    /** Never all of them exempt. */
    List<String> anyCategories() {
        return dice.few(dice.percent(65) ? Categories.RESTRICTED : Categories.UNRESTRICTED);
    }

    @Nullable Person adult() {
        return population.someone(dice, person -> !person.minor() && person.isProtected(at));
    }

    @Nullable Person minor() {
        return population.someone(dice, person -> person.minor() && person.isProtected(at));
    }

    @Nullable Person person(Predicate<Person> wanted) {
        return population.someone(dice, wanted);
    }

    @Nullable Employee employeeIn(Predicate<String> country) {
        return workforce.someone(dice, at, country);
    }

    @Nullable Employee employeeIn(String country) {
        return employeeIn(country::equals);
    }

    /** Leaves out only what the consent service can answer. */
    Access about(Access access, Person person) {
        boolean known = person.known(at) != null;
        String country = known && dice.percent(20) ? null : person.countryAt(at);
        Boolean minor = known && dice.percent(70) || !person.minor() && dice.percent(50) ? null : person.minor();
        return access.about(new Subject(person.id(), country, 1L, minor), person.minor());
    }

    /** Many people of one country, of nobody of whom anything can be looked up. */
    Access aboutMany(Access access, String country) {
        return access.about(new Subject(null, country, 10 + dice.skewed(5), null), false)
                .size(100 + dice.skewed(6), 1000 + dice.skewed(9));
    }

    /** Somebody whose country neither the event nor the consent service tells. */
    Access aboutStranger(Access access, @Nullable Boolean minor) {
        Subject stranger = new Subject("X-" + dice.uuid(), null, 1L, minor);
        return access.about(stranger, Boolean.TRUE.equals(minor));
    }

    Access by(Access access, Employee employee) {
        String ip = dice.percent(80) ? "192.0.2." + dice.between(1, 254) : null;
        return access.actor(ActorType.EMPLOYEE, employee.id(), ip);
    }

    /** A right use of a gateway that is open now; null if there is none like this. */
    @Nullable Route route(Predicate<Route> wanted) {
        for (Approval approval : dice.shuffled(gateways.at(at))) {
            for (int i = 0; i < TRIES && approval.isOpen(at); i++) {
                Route route = Route.of(approval, dice);
                if (route != null && wanted.test(route)) {
                    return route;
                }
            }
        }
        return null;
    }

    /** What would be a right use of a gateway that is shut now; null if there is none. */
    @Nullable Route shutRoute() {
        for (Approval approval : dice.shuffled(gateways.at(at))) {
            Route route = approval.isOpen(at) ? null : Route.of(approval, dice);
            if (route != null && !route.needsConsent(at)) {
                return route;
            }
        }
        return null;
    }
}
