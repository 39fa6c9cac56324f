package eu.cloverwatch.demo;

import static eu.cloverwatch.model.Rule.ACTOR_LOCATION_UNKNOWN;
import static eu.cloverwatch.model.Rule.CONSENT_MISSING;
import static eu.cloverwatch.model.Rule.EGRESS_WITHOUT_GATEWAY;
import static eu.cloverwatch.model.Rule.GATEWAY_NOT_APPROVED;
import static eu.cloverwatch.model.Rule.GATEWAY_UNKNOWN;

import eu.cloverwatch.demo.Population.Person;
import eu.cloverwatch.demo.Workforce.Employee;
import eu.cloverwatch.demo.Workforce.Stay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accesses at the very instant at which something changes, and a millisecond before. */
final class Boundaries {

    private static final int EVENTS_PER_BOUNDARY = 40;
    private static final int JOURNEYS = 12;
    private static final int LEAVINGS = 6;
    private static final int WITHDRAWALS = 10;

    private final List<Moment> moments = new ArrayList<>();

    /** An access that happens at exactly this time. */
    record Moment(Instant at, Recipe recipe) {}

    private Boundaries() {}

    /**
     * In order of time.
     *
     * @param events how many there are in all: of few events, only few are at a boundary
     */
    static List<Moment> of(Workforce workforce, Population population, long events) {
        Boundaries boundaries = new Boundaries();
        boundaries.policies();
        boundaries.sites();
        boundaries.gateways();
        boundaries.journeys(workforce);
        boundaries.withdrawals(population);
        boundaries.moments.sort(Comparator.comparing(Moment::at));
        return thinnedOut(boundaries.moments, events / EVENTS_PER_BOUNDARY);
    }

    private static List<Moment> thinnedOut(List<Moment> moments, long most) {
        List<Moment> kept = new ArrayList<>();
        for (int i = 0; i < moments.size(); i++) {
            long before = i * most / moments.size();
            long after = (i + 1) * most / moments.size();
            if (most >= moments.size() || after > before) {
                kept.add(moments.get(i));
            }
        }
        return kept;
    }

    private void change(Instant at, Recipe before, Recipe from) {
        moments.add(new Moment(at.minusMillis(1), before));
        moments.add(new Moment(at, from));
    }

    private void policies() {
        change(Policies.FIRST_IN_FORCE, EgressPlantings::remoteRead, EgressPlantings::remoteRead);
        change(Policies.FIRST_IN_FORCE, DomesticTraffic::serviceReads, DomesticTraffic::serviceReads);
        change(
                Policies.SECOND_IN_FORCE,
                ApprovedTraffic::beforeConsentWasNeeded,
                EgressPlantings::advertisingWithoutConsent);
        change(Policies.SECOND_IN_FORCE, GatewayPlantings::uncoveredPurpose, GatewayPlantings::uncoveredPurpose);
    }

    private void sites() {
        change(
                Geography.HAMAR_OPENS,
                s -> StoragePlantings.notYetOpen(s, "hamar-1"),
                s -> DomesticTraffic.replicates(s, "hamar-1"));
        change(
                Geography.KOUVOLA_OPENS,
                s -> StoragePlantings.notYetOpen(s, "kouvola-1"),
                s -> DomesticTraffic.replicates(s, "kouvola-1"));
        change(Geography.SINGAPORE_LEGACY_ENDS, DomesticTraffic::legacySiteStores, StoragePlantings::legacyIsOver);
        change(
                Geography.US_ENCLAVE_ENDS,
                s -> DomesticTraffic.replicates(s, "us-enclave"),
                StoragePlantings::backToTheOldEnclave);
    }

    private void gateways() {
        change(Geography.US_ENCLAVE_ENDS, s -> approved(s, "GW-USE-01"), s -> shut(s, "GW-USE-01"));
        change(Gateways.ADS_EXPIRE, s -> approved(s, Gateways.ADS), s -> shut(s, Gateways.ADS));
        change(Gateways.ADS_RENEWED, s -> shut(s, Gateways.ADS), s -> approved(s, Gateways.ADS));
        change(Gateways.SINGAPORE_SUSPENDED, s -> approved(s, Gateways.SINGAPORE), s -> shut(s, Gateways.SINGAPORE));
        change(Gateways.SINGAPORE_REINSTATED, s -> shut(s, Gateways.SINGAPORE), s -> approved(s, Gateways.SINGAPORE));
        change(Gateways.SINGAPORE_REVOKED, s -> approved(s, Gateways.SINGAPORE), s -> shut(s, Gateways.SINGAPORE));
        change(Gateways.DECOMMISSIONING, s -> approved(s, Gateways.DECOMMISSIONED), s -> {
            Draft other = ApprovedTraffic.serviceExports(s);
            return other == null
                    ? null
                    : Draft.breaking(other.access().through(Gateways.DECOMMISSIONED, null), GATEWAY_UNKNOWN);
        });
    }

    private static @Nullable Draft approved(Scene s, String gateway) {
        Access access = through(s, gateway);
        return access == null ? null : Draft.approved(access);
    }

    private static @Nullable Draft shut(Scene s, String gateway) {
        Access access = through(s, gateway);
        return access == null ? null : Draft.breaking(access, GATEWAY_NOT_APPROVED);
    }

    private static @Nullable Access through(Scene s, String gateway) {
        Gateways.Approval approval = s.gateways().at(s.at(), gateway);
        Route route = approval == null ? null : Route.of(approval, s.dice());
        if (route == null) {
            return null;
        }
        Person person = s.person(p -> !p.minor()
                && p.isProtected(s.at())
                && (!route.needsConsent(s.at()) || p.agreed(s.at(), route.purpose(), route.country())));
        return person == null ? null : ApprovedTraffic.export(s, route, person);
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
