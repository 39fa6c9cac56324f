package eu.cloverwatch.demo;

import eu.cloverwatch.demo.Population.Person;
import eu.cloverwatch.demo.Workforce.Employee;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.Operation;
import eu.cloverwatch.v1.Protection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compliant accesses that do not leave the region, some of them close to the line. */
final class DomesticTraffic {

    /** A symbol that is newer than the reader counts as storing: fine in an enclave. */
    private static final List<Operation> STORING =
            List.of(Operation.WRITE, Operation.WRITE, Operation.WRITE, Operation.REPLICATE, Operation.UNKNOWN);

    private DomesticTraffic() {}

    static @Nullable Draft serviceReads(Scene s) {
        Person person = s.person(p -> p.isProtected(s.at()));
        return person == null ? null : Draft.inRegion(s.about(s.access(), person));
    }

    static @Nullable Draft serviceStores(Scene s) {
        Draft read = serviceReads(s);
        return read == null ? null : Draft.inRegion(read.access().does(s.dice().pick(STORING)));
    }

    static @Nullable Draft serviceReplicates(Scene s) {
        return replicates(s, s.dice().pick(Geography.enclaves(s.at())));
    }

    static @Nullable Draft replicates(Scene s, String enclave) {
        Draft read = serviceReads(s);
        return read == null
                ? null
                : Draft.inRegion(read.access().does(Operation.REPLICATE).to(enclave, null));
    }

    /** Storing in Singapore was allowed for a while, as nothing leaves a service that is there already. */
    static @Nullable Draft legacySiteStores(Scene s) {
        if (!s.at().isBefore(Geography.SINGAPORE_LEGACY_ENDS)) {
            return null;
        }
        Draft read = serviceReads(s);
        return read == null
                ? null
                : Draft.inRegion(read.access().does(s.dice().pick(STORING)).from("singapore"));
    }

    /** Among them employees from elsewhere who travel: where they are decides, not where they are from. */
    static @Nullable Draft employeeInRegion(Scene s) {
        Employee employee = s.employeeIn(Geography::isInside);
        Draft read = serviceReads(s);
        return employee == null || read == null ? null : Draft.inRegion(s.by(read.access(), employee));
    }

    static @Nullable Draft visitorInRegion(Scene s) {
        Employee employee = s.workforce().find(s.dice(), e -> {
            String where = e.countryAt(s.at());
            return where != null && Geography.isInside(where) && !Geography.isInside(e.home());
        });
        Draft read = serviceReads(s);
        return employee == null || read == null ? null : Draft.inRegion(s.by(read.access(), employee));
    }

    static @Nullable Draft exportWithinRegion(Scene s) {
        Draft read = serviceReads(s);
        if (read == null) {
            return null;
        }
        Access access = read.access().does(Operation.EXPORT);
        return Draft.inRegion(
                s.dice().percent(50)
                        ? access.to(s.dice().percent(50) ? "london-office" : "paris-office", null)
                        : access.to(null, s.dice().pick(Geography.REGION)));
    }

    static @Nullable Draft minorInRegion(Scene s) {
        Person minor = s.minor();
        return minor == null ? null : Draft.inRegion(s.about(s.access(), minor));
    }

    /** Consent is asked for abroad only. */
    static @Nullable Draft advertisingWithoutConsent(Scene s) {
        Person person = s.person(p -> p.isProtected(s.at()) && !p.agreed(s.at(), Population.ADVERTISING, "DE"));
        return person == null
                ? null
                : Draft.inRegion(s.about(s.access(), person).by("ads-ranking", Population.ADVERTISING));
    }

    static Draft bulk(Scene s) {
        return Draft.inRegion(s.aboutMany(s.access(), s.dice().pick(Geography.REGION)));
    }

    /** Whose country is not known is as if protected; that alone is no finding. */
    static Draft stranger(Scene s) {
        return Draft.inRegion(s.aboutStranger(s.access(), null));
    }

    /** Anything goes with the data of people whom the policy does not protect. */
    static @Nullable Draft unprotected(Scene s) {
        Person person = s.person(p -> !p.isProtected(s.at()));
        Employee employee = s.employeeIn(country -> true);
        if (person == null || employee == null) {
            return null;
        }
        Access access = s.about(s.access(), person);
        switch (s.dice().below(5)) {
            case 0 -> s.by(access, employee);
            case 1 -> access.does(Operation.WRITE).from("beijing-office");
            case 2 -> access.does(Operation.EXPORT).to(null, "RU");
            case 3 -> access.from("ashburn-7");
            default -> access.does(Operation.REPLICATE).to("san-jose-office", null);
        }
        return Draft.outOfScope(access);
    }

    static Draft unprotectedBulk(Scene s) {
        return Draft.outOfScope(s.aboutMany(s.access(), s.dice().pick(Geography.UNPROTECTED))
                .does(Operation.EXPORT)
                .to(null, "CN"));
    }

    /** Exempt whatever happens, even towards China. */
    static @Nullable Draft exempt(Scene s) {
        Draft read = serviceReads(s);
        if (read == null) {
            return null;
        }
        Access access = read.access().does(Operation.EXPORT).to(null, s.dice().percent(30) ? "CN" : "US");
        switch (s.dice().below(3)) {
            case 0 -> access.data(s.anyCategories(), Protection.AGGREGATED);
            case 1 -> access.data(List.of("PUBLIC_VIDEO", "NAME"), Protection.PUBLIC);
            default -> access.data(s.dice().few(Categories.EXEMPTIBLE), Protection.PSEUDONYMISED);
        }
        return Draft.exempt(access);
    }

    /** An actor of whom nothing is known may touch what is exempt. */
    static @Nullable Draft exemptByAnybody(Scene s) {
        Draft read = serviceReads(s);
        return read == null
                ? null
                : Draft.exempt(read.access()
                        .actor(ActorType.EMPLOYEE, "C-" + s.dice().between(1, 40), null)
                        .through("GW-ZRH-99", null)
                        .data(s.dice().few(Categories.EXEMPTIBLE), Protection.PSEUDONYMISED));
    }
}
