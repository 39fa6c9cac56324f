package eu.cloverwatch.demo;

import static eu.cloverwatch.model.Rule.ACTOR_LOCATION_UNKNOWN;
import static eu.cloverwatch.model.Rule.CONSENT_MISSING;
import static eu.cloverwatch.model.Rule.EGRESS_WITHOUT_GATEWAY;

import eu.cloverwatch.demo.Boundaries.Moment;
import eu.cloverwatch.demo.Population.Person;
import eu.cloverwatch.demo.Workforce.Employee;
import eu.cloverwatch.demo.Workforce.Stay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accesses at the very instant at which somebody's life changes: a journey, the last day at work, a consent withdrawn. */
final class PersonalBoundaries {

    private static final int JOURNEYS = 12;
    private static final int LEAVINGS = 6;
    private static final int WITHDRAWALS = 10;

    private final List<Moment> moments = new ArrayList<>();

    private PersonalBoundaries() {}

    /** In no order. */
    static List<Moment> of(Workforce workforce, Population population) {
        PersonalBoundaries boundaries = new PersonalBoundaries();
        boundaries.journeys(workforce);
        boundaries.withdrawals(population);
        return boundaries.moments;
    }

    private void change(Instant at, Recipe before, Recipe from) {
        moments.addAll(Moment.around(at, before, from));
    }

    private void journeys(Workforce workforce) {
        int journeys = 0;
        int leavings = 0;
        for (Employee employee : workforce.employees()) {
            List<Stay> stays = employee.stays();
            for (int i = 1; i < stays.size(); i++) {
                String before = stays.get(i - 1).country();
                String after = stays.get(i).country();
                if (before == null || !Geography.isInside(before)) {
                    continue;
                }
                if (after == null && leavings < LEAVINGS) {
                    leavings++;
                    change(stays.get(i).from(), s -> inside(s, employee), s -> unlocated(s, employee));
                } else if (after != null && Geography.REMOTE.contains(after) && journeys < JOURNEYS) {
                    journeys++;
                    change(stays.get(i).from(), s -> inside(s, employee), s -> outside(s, employee));
                }
            }
        }
    }

    private static @Nullable Draft inside(Scene s, Employee employee) {
        Draft read = DomesticTraffic.serviceReads(s);
        return read == null ? null : Draft.inRegion(s.by(read.access(), employee));
    }

    private static @Nullable Draft outside(Scene s, Employee employee) {
        Person person = s.adult();
        return person == null
                ? null
                : Draft.breaking(s.by(s.about(s.access(), person), employee), EGRESS_WITHOUT_GATEWAY);
    }

    private static @Nullable Draft unlocated(Scene s, Employee employee) {
        Person person = s.adult();
        return person == null
                ? null
                : Draft.breaking(s.by(s.about(s.access(), person), employee), ACTOR_LOCATION_UNKNOWN);
    }

    /** Consents that are withdrawn or erased while the traffic flows, of people who stay protected. */
    private void withdrawals(Population population) {
        int withdrawals = 0;
        for (Person person : population.people()) {
            for (Population.Decision decision : person.decisions()) {
                Instant at = decision.from();
                Instant before = at.minusMillis(1);
                if (withdrawals < WITHDRAWALS
                        && at.isAfter(Policies.FIRST_IN_FORCE)
                        && !person.minor()
                        && person.isProtected(before)
                        && person.isProtected(at)
                        && person.agreed(before, Population.ADVERTISING, "US")
                        && !person.agreed(at, Population.ADVERTISING, "US")) {
                    withdrawals++;
                    change(at, s -> advertised(s, person), s -> unwanted(s, person));
                }
            }
        }
    }

    private static @Nullable Route advertising(Scene s) {
        return s.route(r -> r.isFor(Population.ADVERTISING) && r.country().equals("US"));
    }

    private static @Nullable Draft advertised(Scene s, Person person) {
        Route route = advertising(s);
        return route == null ? null : Draft.approved(ApprovedTraffic.export(s, route, person));
    }

    private static @Nullable Draft unwanted(Scene s, Person person) {
        Route route = advertising(s);
        return route == null ? null : Draft.breaking(ApprovedTraffic.export(s, route, person), CONSENT_MISSING);
    }
}
