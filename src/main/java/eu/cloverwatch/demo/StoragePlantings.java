package eu.cloverwatch.demo;

import static eu.cloverwatch.model.Rule.EGRESS_WITHOUT_GATEWAY;
import static eu.cloverwatch.model.Rule.STORED_OUTSIDE_ENCLAVE;

import eu.cloverwatch.demo.Population.Person;
import eu.cloverwatch.demo.Workforce.Employee;
import eu.cloverwatch.v1.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Violations by data that is stored where it must not be. */
final class StoragePlantings {

    private StoragePlantings() {}

    static List<Recipe> all() {
        return List.of(
                StoragePlantings::officeInRegion,
                StoragePlantings::minorInOffice,
                StoragePlantings::newerOperation,
                StoragePlantings::beforeTheEnclaveOpens,
                StoragePlantings::legacyIsOver,
                StoragePlantings::backToTheOldEnclave,
                StoragePlantings::officeAbroadThroughGateway,
                StoragePlantings::employeeStoresAbroad,
                StoragePlantings::toLegacySiteWithoutGateway);
    }

    private static @Nullable Access stores(Scene s, @Nullable Person person, Operation operation) {
        return person == null ? null : s.about(s.access(), person).does(operation);
    }

    static @Nullable Draft officeInRegion(Scene s) {
        Access access = stores(s, s.adult(), Operation.WRITE);
        if (access == null) {
            return null;
        }
        String office = s.dice().percent(50) ? "london-office" : "paris-office";
        return Draft.breaking(
                s.dice().percent(50) ? access.from(office) : access.to(office, null), STORED_OUTSIDE_ENCLAVE);
    }

    static @Nullable Draft minorInOffice(Scene s) {
        Access access = stores(s, s.minor(), Operation.REPLICATE);
        return access == null ? null : Draft.breaking(access.to("london-office", "GB"), STORED_OUTSIDE_ENCLAVE);
    }

    static @Nullable Draft newerOperation(Scene s) {
        Access access = stores(s, s.adult(), Operation.UNKNOWN);
        return access == null ? null : Draft.breaking(access.from("paris-office"), STORED_OUTSIDE_ENCLAVE);
    }

    static @Nullable Draft beforeTheEnclaveOpens(Scene s) {
        if (!s.at().isBefore(Geography.KOUVOLA_OPENS)) {
            return null;
        }
        boolean hamar = s.at().isBefore(Geography.HAMAR_OPENS) && s.dice().percent(50);
        return notYetOpen(s, hamar ? "hamar-1" : "kouvola-1");
    }

    static @Nullable Draft notYetOpen(Scene s, String site) {
        Access access = stores(s, s.adult(), Operation.REPLICATE);
        return access == null ? null : Draft.breaking(access.to(site, null), STORED_OUTSIDE_ENCLAVE);
    }

    /** Nothing leaves a service that stores where it is: storing there is the whole violation. */
    static @Nullable Draft legacyIsOver(Scene s) {
        Access access = stores(s, s.adult(), Operation.WRITE);
        return access == null || s.at().isBefore(Geography.SINGAPORE_LEGACY_ENDS)
                ? null
                : Draft.breaking(access.from("singapore"), STORED_OUTSIDE_ENCLAVE);
    }

    static @Nullable Draft backToTheOldEnclave(Scene s) {
        Access access = stores(s, s.adult(), Operation.REPLICATE);
        return access == null || s.at().isBefore(Geography.US_ENCLAVE_ENDS)
                ? null
                : Draft.breaking(access.to("us-enclave", null), STORED_OUTSIDE_ENCLAVE, EGRESS_WITHOUT_GATEWAY);
    }

    /** A gateway lets data pass; it does not let it stay. */
    static @Nullable Draft officeAbroadThroughGateway(Scene s) {
        Route route = s.route(r -> !r.needsConsent(s.at()));
        Person person = s.adult();
        String office = route == null ? null : Geography.office(route.country());
        return route == null || person == null || office == null
                ? null
                : Draft.breaking(
                        route.carry(s.about(s.access(), person))
                                .does(Operation.REPLICATE)
                                .to(office, null),
                        STORED_OUTSIDE_ENCLAVE);
    }

    static @Nullable Draft employeeStoresAbroad(Scene s) {
        Employee employee = s.employeeIn(Geography.REMOTE::contains);
        String country = employee == null ? null : employee.countryAt(s.at());
        Access access = stores(s, s.adult(), Operation.WRITE);
        return access == null || employee == null || country == null
                ? null
                : Draft.breaking(
                        s.by(access.to(Geography.office(country), null), employee),
                        STORED_OUTSIDE_ENCLAVE,
                        EGRESS_WITHOUT_GATEWAY);
    }

    /** Singapore might still store; that does not make it inside. */
    static @Nullable Draft toLegacySiteWithoutGateway(Scene s) {
        Access access = stores(s, s.adult(), Operation.REPLICATE);
        return access == null || !s.at().isBefore(Geography.SINGAPORE_LEGACY_ENDS)
                ? null
                : Draft.breaking(access.to("singapore", "SG"), EGRESS_WITHOUT_GATEWAY);
    }
}
