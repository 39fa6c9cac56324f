package eu.cloverwatch.demo;

import eu.cloverwatch.demo.Population.Person;
import eu.cloverwatch.demo.Workforce.Employee;
import eu.cloverwatch.v1.Operation;
import org.jspecify.annotations.Nullable;

/** Compliant accesses that leave the region through a gateway that is approved for just that. */
final class ApprovedTraffic {

    private ApprovedTraffic() {}

    static @Nullable Draft remoteEmployee(Scene s) {
        Route route = s.route(r -> !r.needsConsent(s.at()));
        return route == null ? null : remoteEmployee(s, route);
    }

    private static @Nullable Draft remoteEmployee(Scene s, Route route) {
        Employee employee = s.employeeIn(route.country());
        Person person = s.adult();
        return employee == null || person == null
                ? null
                : Draft.approved(route.carry(s.by(s.about(s.access(), person), employee)));
    }

    static @Nullable Draft serviceExports(Scene s) {
        Route route = s.route(r -> !r.needsConsent(s.at()));
        Person person = s.adult();
        return route == null || person == null ? null : Draft.approved(export(s, route, person));
    }

    static Access export(Scene s, Route route, Person person) {
        return send(s, s.about(s.access(), person), route);
    }

    private static Access send(Scene s, Access access, Route route) {
        String office = s.dice().percent(50) ? Geography.office(route.country()) : null;
        String country = office == null || s.dice().percent(30) ? route.country() : null;
        return route.carry(access).does(Operation.EXPORT).to(office, country);
    }

    /** An employee in the region sends data out: the destination alone counts. */
    static @Nullable Draft employeeSendsAbroad(Scene s) {
        Draft export = serviceExports(s);
        Employee employee = s.employeeIn(Geography::isInside);
        return export == null || employee == null ? null : Draft.approved(s.by(export.access(), employee));
    }

    static @Nullable Draft bulk(Scene s) {
        Route route = s.route(r -> !r.needsConsent(s.at()));
        return route == null
                ? null
                : Draft.approved(send(s, s.aboutMany(s.access(), s.dice().pick(Geography.REGION)), route));
    }

    static @Nullable Draft withConsent(Scene s) {
        Route route = s.route(r -> r.needsConsent(s.at()));
        if (route == null) {
            return null;
        }
        Person person = s.person(
                p -> !p.minor() && p.isProtected(s.at()) && p.agreed(s.at(), route.purpose(), route.country()));
        return person == null ? null : Draft.approved(export(s, route, person));
    }

    /** Personalisation needed no consent until the second policy. */
    static @Nullable Draft beforeConsentWasNeeded(Scene s) {
        Route route = s.route(r -> r.isFor(Population.PERSONALISATION) && !r.needsConsent(s.at()));
        Person person = s.person(
                p -> !p.minor() && p.isProtected(s.at()) && !p.agreed(s.at(), Population.PERSONALISATION, "US"));
        return route == null || person == null ? null : Draft.approved(export(s, route, person));
    }

    /** Nothing restricted, through the gateway that is approved for China. */
    static @Nullable Draft fromChina(Scene s) {
        Route route = s.route(r -> r.country().equals(Geography.CHINA));
        return route == null ? null : remoteEmployee(s, route);
    }
}
