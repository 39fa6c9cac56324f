package eu.cloverwatch.demo;

import static eu.cloverwatch.model.Rule.ACTOR_LOCATION_UNKNOWN;
import static eu.cloverwatch.model.Rule.EGRESS_WITHOUT_GATEWAY;
import static eu.cloverwatch.model.Rule.MINOR_DATA_EGRESS;
import static eu.cloverwatch.model.Rule.SITE_UNKNOWN;
import static eu.cloverwatch.model.Rule.STORED_OUTSIDE_ENCLAVE;
import static eu.cloverwatch.model.Rule.SUBJECT_COUNTRY_UNKNOWN;

import eu.cloverwatch.demo.Population.Person;
import eu.cloverwatch.demo.Workforce.Employee;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accesses of which something is not known that decides; some break a rule besides. */
final class UnknownPlantings {

    private static final String UNKNOWN_SITE = "lab-cluster-7";

    private UnknownPlantings() {}

    static List<Recipe> all() {
        return List.of(
                UnknownPlantings::formerEmployee,
                UnknownPlantings::notYetEmployed,
                UnknownPlantings::contractor,
                UnknownPlantings::contractorSendsAbroad,
                UnknownPlantings::contractorStoresInOffice,
                UnknownPlantings::strangerThroughGateway,
                UnknownPlantings::strangerWithoutGateway,
                UnknownPlantings::minorStranger,
                UnknownPlantings::unknownOrigin,
                UnknownPlantings::unknownDestination,
                UnknownPlantings::storedSomewhereInRegion,
                UnknownPlantings::storedSomewhereAbroad,
                UnknownPlantings::strangerAtUnknownSite,
                UnknownPlantings::contractorAtUnknownSite);
    }

    private static @Nullable Access adultsData(Scene s) {
        Person person = s.adult();
        return person == null ? null : s.about(s.access(), person);
    }

    static @Nullable Draft formerEmployee(Scene s) {
        return actsWithoutLocation(s, s.workforce().find(s.dice(), employee -> employee.hasLeft(s.at())));
    }

    static @Nullable Draft notYetEmployed(Scene s) {
        return actsWithoutLocation(
                s, s.workforce().find(s.dice(), e -> e.stays().get(0).from().isAfter(s.at())));
    }

    private static @Nullable Draft actsWithoutLocation(Scene s, @Nullable Employee employee) {
        Access access = adultsData(s);
        return access == null || employee == null
                ? null
                : Draft.breaking(s.by(access, employee), ACTOR_LOCATION_UNKNOWN);
    }

    /** HR knows no contractors. An actor of a newer type counts as a person. */
    private static @Nullable Access contractors(Scene s) {
        Access access = adultsData(s);
        ActorType type = s.dice().percent(80) ? ActorType.EMPLOYEE : ActorType.UNKNOWN;
        return access == null
                ? null
                : access.actor(type, "C-%04d".formatted(s.dice().between(1, 40)), "198.51.100.7");
    }

    static @Nullable Draft contractor(Scene s) {
        Access access = contractors(s);
        return access == null ? null : Draft.breaking(access, ACTOR_LOCATION_UNKNOWN);
    }

    static @Nullable Draft contractorSendsAbroad(Scene s) {
        Access access = contractors(s);
        return access == null
                ? null
                : Draft.breaking(
                        access.does(Operation.EXPORT).to(null, "IN"), ACTOR_LOCATION_UNKNOWN, EGRESS_WITHOUT_GATEWAY);
    }

    static @Nullable Draft contractorStoresInOffice(Scene s) {
        Access access = contractors(s);
        return access == null
                ? null
                : Draft.breaking(
                        access.does(Operation.WRITE).to("london-office", null),
                        ACTOR_LOCATION_UNKNOWN,
                        STORED_OUTSIDE_ENCLAVE);
    }

    static @Nullable Draft strangerThroughGateway(Scene s) {
        Route route = s.route(r -> !r.needsConsent(s.at()));
        return route == null
                ? null
                : Draft.breaking(
                        route.carry(s.aboutStranger(s.access(), null))
                                .does(Operation.EXPORT)
                                .to(null, route.country()),
                        SUBJECT_COUNTRY_UNKNOWN);
    }

    static @Nullable Draft strangerWithoutGateway(Scene s) {
        Employee employee = s.employeeIn(Geography.REMOTE::contains);
        return employee == null
                ? null
                : Draft.breaking(
                        s.by(s.aboutStranger(s.access(), null), employee),
                        SUBJECT_COUNTRY_UNKNOWN,
                        EGRESS_WITHOUT_GATEWAY);
    }

    static Draft minorStranger(Scene s) {
        return Draft.breaking(
                s.aboutStranger(s.access(), true).does(Operation.EXPORT).to("tokyo-office", null),
                SUBJECT_COUNTRY_UNKNOWN,
                MINOR_DATA_EGRESS,
                EGRESS_WITHOUT_GATEWAY);
    }

    static @Nullable Draft unknownOrigin(Scene s) {
        Access access = adultsData(s);
        Operation operation = s.dice().percent(50) ? Operation.READ : Operation.WRITE;
        return access == null ? null : Draft.breaking(access.does(operation).from(UNKNOWN_SITE), SITE_UNKNOWN);
    }

    static @Nullable Draft unknownDestination(Scene s) {
        Access access = adultsData(s);
        return access == null
                ? null
                : Draft.breaking(access.does(Operation.EXPORT).to(UNKNOWN_SITE, null), SITE_UNKNOWN);
    }

    /** A country is no site: where in it the data lies is not known. */
    static @Nullable Draft storedSomewhereInRegion(Scene s) {
        Access access = adultsData(s);
        return access == null
                ? null
                : Draft.breaking(access.does(Operation.WRITE).to(null, "DE"), SITE_UNKNOWN);
    }

    static @Nullable Draft storedSomewhereAbroad(Scene s) {
        Access access = adultsData(s);
        return access == null
                ? null
                : Draft.breaking(
                        access.does(Operation.REPLICATE).to(null, s.dice().pick(Geography.REMOTE)),
                        SITE_UNKNOWN,
                        EGRESS_WITHOUT_GATEWAY);
    }

    static Draft strangerAtUnknownSite(Scene s) {
        return Draft.breaking(
                s.aboutStranger(s.access(), null).from(UNKNOWN_SITE), SITE_UNKNOWN, SUBJECT_COUNTRY_UNKNOWN);
    }

    static @Nullable Draft contractorAtUnknownSite(Scene s) {
        Access access = contractors(s);
        return access == null ? null : Draft.breaking(access.from(UNKNOWN_SITE), ACTOR_LOCATION_UNKNOWN, SITE_UNKNOWN);
    }
}
