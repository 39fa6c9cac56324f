package eu.cloverwatch.demo;

import static eu.cloverwatch.model.Rule.CONSENT_MISSING;
import static eu.cloverwatch.model.Rule.DENIED_DESTINATION;
import static eu.cloverwatch.model.Rule.EGRESS_WITHOUT_GATEWAY;
import static eu.cloverwatch.model.Rule.MINOR_DATA_EGRESS;

import eu.cloverwatch.demo.Population.Person;
import eu.cloverwatch.demo.Workforce.Employee;
import eu.cloverwatch.v1.Operation;
import eu.cloverwatch.v1.Protection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Violations by data that leaves the region: without a gateway, without consent, of minors, to where it must not go. */
final class EgressPlantings {

    private EgressPlantings() {}

    static List<Recipe> all() {
        return List.of(
                EgressPlantings::remoteRead,
                EgressPlantings::pseudonymisedIsNotEnough,
                EgressPlantings::exportByService,
                EgressPlantings::readFromChina,
                EgressPlantings::readFromChinaThroughGateway,
                EgressPlantings::exportToEmbargoed,
                EgressPlantings::minorThroughGateway,
                EgressPlantings::minorWithoutGateway,
                EgressPlantings::minorFromChina,
                EgressPlantings::advertisingWithoutConsent,
                EgressPlantings::bulkCannotConsent,
                EgressPlantings::erasedIsNoConsent,
                EgressPlantings::advertisingWithoutAnything);
    }

    /** Somebody's data, read by an employee who is in this country; no gateway. */
    private static @Nullable Access remote(Scene s, @Nullable Person person, @Nullable Employee employee) {
        return person == null || employee == null ? null : s.by(s.about(s.access(), person), employee);
    }

    static @Nullable Draft remoteRead(Scene s) {
        Access access = remote(s, s.adult(), s.employeeIn(Geography.REMOTE::contains));
        return access == null ? null : Draft.breaking(access, EGRESS_WITHOUT_GATEWAY);
    }

    /** The exemption asks that every category be one of those that pseudonymising is enough for. */
    static @Nullable Draft pseudonymisedIsNotEnough(Scene s) {
        Access access = remote(s, s.adult(), s.employeeIn(Geography.REMOTE::contains));
        List<String> mixed = List.of("PUBLIC_VIDEO", s.dice().percent(50) ? "VIEW_HISTORY" : "IP_ADDRESS");
        return access == null
                ? null
                : Draft.breaking(access.data(mixed, Protection.PSEUDONYMISED), EGRESS_WITHOUT_GATEWAY);
    }

    static @Nullable Draft exportByService(Scene s) {
        Person person = s.adult();
        String country = s.dice().pick(Geography.REMOTE);
        String office = s.dice().percent(50) ? Geography.office(country) : null;
        return person == null
                ? null
                : Draft.breaking(
                        s.about(s.access(), person).does(Operation.EXPORT).to(office, office == null ? country : null),
                        EGRESS_WITHOUT_GATEWAY);
    }

    static @Nullable Draft readFromChina(Scene s) {
        Access access = remote(s, s.adult(), s.employeeIn(Geography.CHINA));
        return access == null
                ? null
                : Draft.breaking(
                        access.data(s.dice().few(Categories.RESTRICTED), Protection.RAW),
                        DENIED_DESTINATION,
                        EGRESS_WITHOUT_GATEWAY);
    }

    static @Nullable Draft readFromChinaThroughGateway(Scene s) {
        Access access = remote(s, s.adult(), s.employeeIn(Geography.CHINA));
        Route route = s.route(r -> r.approval().gateway().equals(Gateways.SAFETY));
        if (access == null || route == null) {
            return null;
        }
        Protection protection = s.dice().percent(50) ? Protection.RAW : Protection.PSEUDONYMISED;
        return Draft.breaking(
                route.carry(access).data(s.dice().few(Categories.RESTRICTED), protection), DENIED_DESTINATION);
    }

    static @Nullable Draft exportToEmbargoed(Scene s) {
        Person person = s.adult();
        Route route = s.route(r -> r.approval().gateway().equals(Gateways.SAFETY));
        return person == null || route == null
                ? null
                : Draft.breaking(
                        route.carry(s.about(s.access(), person))
                                .data(s.anyCategories(), Protection.RAW)
                                .does(Operation.EXPORT)
                                .to(null, s.dice().pick(Geography.EMBARGOED)),
                        DENIED_DESTINATION);
    }

    static @Nullable Draft minorThroughGateway(Scene s) {
        Route route = s.route(r -> !r.needsConsent(s.at()));
        Person minor = s.minor();
        return route == null || minor == null
                ? null
                : Draft.breaking(ApprovedTraffic.export(s, route, minor), MINOR_DATA_EGRESS);
    }

    static @Nullable Draft minorWithoutGateway(Scene s) {
        Access access = remote(s, s.minor(), s.employeeIn(Geography.REMOTE::contains));
        return access == null ? null : Draft.breaking(access, MINOR_DATA_EGRESS, EGRESS_WITHOUT_GATEWAY);
    }

    static @Nullable Draft minorFromChina(Scene s) {
        Access access = remote(s, s.minor(), s.employeeIn(Geography.CHINA));
        return access == null
                ? null
                : Draft.breaking(
                        access.data(s.dice().few(Categories.RESTRICTED), Protection.RAW),
                        DENIED_DESTINATION,
                        MINOR_DATA_EGRESS,
                        EGRESS_WITHOUT_GATEWAY);
    }

    /** Never asked, refused, withdrawn, or agreed for other countries: all the same. */
    static @Nullable Draft advertisingWithoutConsent(Scene s) {
        Route route = s.route(r -> r.needsConsent(s.at()));
        if (route == null) {
            return null;
        }
        Person person = s.person(
                p -> !p.minor() && p.isProtected(s.at()) && !p.agreed(s.at(), route.purpose(), route.country()));
        return person == null ? null : Draft.breaking(ApprovedTraffic.export(s, route, person), CONSENT_MISSING);
    }

    static @Nullable Draft bulkCannotConsent(Scene s) {
        Route route = s.route(r -> r.needsConsent(s.at()));
        return route == null
                ? null
                : Draft.breaking(
                        route.carry(s.aboutMany(s.access(), s.dice().pick(Geography.REGION)))
                                .does(Operation.EXPORT)
                                .to(null, route.country()),
                        CONSENT_MISSING);
    }

    static @Nullable Draft erasedIsNoConsent(Scene s) {
        Route route = s.route(r -> r.needsConsent(s.at()));
        Person person = s.person(p -> !p.minor()
                && Geography.isInside(p.home())
                && p.known(s.at()) == null
                && p.decisions().stream().anyMatch(d -> d.erased() && !d.from().isAfter(s.at())));
        return route == null || person == null
                ? null
                : Draft.breaking(ApprovedTraffic.export(s, route, person), CONSENT_MISSING);
    }

    static @Nullable Draft advertisingWithoutAnything(Scene s) {
        Employee employee = s.employeeIn(Geography.REMOTE::contains);
        String country = employee == null ? null : employee.countryAt(s.at());
        if (employee == null || country == null) {
            return null;
        }
        Person person = s.person(
                p -> !p.minor() && p.isProtected(s.at()) && !p.agreed(s.at(), Population.ADVERTISING, country));
        Access access = remote(s, person, employee);
        return access == null
                ? null
                : Draft.breaking(
                        access.by("ads-ranking", Population.ADVERTISING), CONSENT_MISSING, EGRESS_WITHOUT_GATEWAY);
    }
}
