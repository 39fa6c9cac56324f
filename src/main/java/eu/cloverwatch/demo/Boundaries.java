package eu.cloverwatch.demo;

import static eu.cloverwatch.model.Rule.GATEWAY_NOT_APPROVED;
import static eu.cloverwatch.model.Rule.GATEWAY_UNKNOWN;

import eu.cloverwatch.demo.Population.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accesses at the very instant at which something changes, and a millisecond before. */
final class Boundaries {

    private static final int EVENTS_PER_BOUNDARY = 40;

    private final List<Moment> moments = new ArrayList<>();

    /** An access that happens at exactly this time. */
    record Moment(Instant at, Recipe recipe) {

        /** A millisecond before, and at the instant itself. */
        static List<Moment> around(Instant at, Recipe before, Recipe from) {
            return List.of(new Moment(at.minusMillis(1), before), new Moment(at, from));
        }
    }

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
        boundaries.moments.addAll(PersonalBoundaries.of(workforce, population));
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
        moments.addAll(Moment.around(at, before, from));
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
        Approval approval = s.gateways().at(s.at(), gateway);
        Route route = approval == null ? null : Route.of(approval, s.dice());
        if (route == null) {
            return null;
        }
        Person person = s.person(p -> !p.minor()
                && p.isProtected(s.at())
                && (!route.needsConsent(s.at()) || p.agreed(s.at(), route.purpose(), route.country())));
        return person == null ? null : ApprovedTraffic.export(s, route, person);
    }
}
