package eu.cloverwatch.demo;

import static eu.cloverwatch.model.Rule.CONSENT_MISSING;
import static eu.cloverwatch.model.Rule.GATEWAY_BUILD_UNREVIEWED;
import static eu.cloverwatch.model.Rule.GATEWAY_NOT_APPROVED;
import static eu.cloverwatch.model.Rule.GATEWAY_SCOPE_EXCEEDED;
import static eu.cloverwatch.model.Rule.GATEWAY_UNKNOWN;
import static eu.cloverwatch.model.Rule.MINOR_DATA_EGRESS;

import eu.cloverwatch.demo.Population.Person;
import eu.cloverwatch.demo.Workforce.Employee;
import eu.cloverwatch.v1.Operation;
import eu.cloverwatch.v1.Protection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Violations by data that passes a gateway that is not approved for it. */
final class GatewayPlantings {

    private static final String NEVER_APPROVED = "GW-ZRH-99";
    private static final String UNCOVERED_PURPOSE = "MARKET_RESEARCH";
    private static final String OTHER_BUILD = "sha256:" + "d".repeat(64);

    private GatewayPlantings() {}

    static List<Recipe> all() {
        return List.of(
                GatewayPlantings::unknown,
                GatewayPlantings::unknownForMinor,
                GatewayPlantings::shut,
                GatewayPlantings::shutAndBeyondScope,
                GatewayPlantings::shutAndWithoutConsent,
                GatewayPlantings::uncoveredCountry,
                GatewayPlantings::uncoveredSecondCountry,
                GatewayPlantings::uncoveredCategory,
                GatewayPlantings::uncoveredPurpose,
                GatewayPlantings::approvedForNoPurpose,
                GatewayPlantings::unreviewedBuild,
                GatewayPlantings::unreviewedBuildAndScope);
    }

    /** An export by a service of an adult's data by a right use of an open gateway: each recipe spoils one thing. */
    private static @Nullable Access export(Scene s, @Nullable Route route) {
        Person person = s.adult();
        return route == null || person == null ? null : ApprovedTraffic.export(s, route, person);
    }

    /** Never for China: restricted data is denied there, which would be a finding more. */
    private static @Nullable Route open(Scene s, Predicate<Route> wanted) {
        return s.route(r -> !r.needsConsent(s.at()) && !r.country().equals(Geography.CHINA) && wanted.test(r));
    }

    /** Not approved yet, no more, or never. */
    private static String unknownGateway(Scene s) {
        List<String> unknown =
                new ArrayList<>(List.of(NEVER_APPROVED, Gateways.DECOMMISSIONED, "GW-HAM-01", "GW-KVL-01"));
        unknown.removeIf(gateway -> s.gateways().at(s.at(), gateway) != null);
        return s.dice().pick(unknown);
    }

    static @Nullable Draft unknown(Scene s) {
        Access access = export(s, open(s, r -> true));
        return access == null ? null : Draft.breaking(access.through(unknownGateway(s), null), GATEWAY_UNKNOWN);
    }

    static @Nullable Draft unknownForMinor(Scene s) {
        Route route = open(s, r -> true);
        Person minor = s.minor();
        return route == null || minor == null
                ? null
                : Draft.breaking(
                        ApprovedTraffic.export(s, route, minor).through(unknownGateway(s), OTHER_BUILD),
                        GATEWAY_UNKNOWN,
                        MINOR_DATA_EGRESS);
    }

    static @Nullable Draft shut(Scene s) {
        Access access = export(s, s.shutRoute());
        return access == null ? null : Draft.breaking(access, GATEWAY_NOT_APPROVED);
    }

    static @Nullable Draft shutAndBeyondScope(Scene s) {
        Access access = export(s, s.shutRoute());
        return access == null
                ? null
                : Draft.breaking(access.purpose(UNCOVERED_PURPOSE), GATEWAY_NOT_APPROVED, GATEWAY_SCOPE_EXCEEDED);
    }

    static @Nullable Draft shutAndWithoutConsent(Scene s) {
        Approval ads = s.gateways().at(s.at(), Gateways.ADS);
        Route route = ads == null || ads.isOpen(s.at()) ? null : Route.of(ads, s.dice());
        if (route == null) {
            return null;
        }
        Person person = s.person(
                p -> !p.minor() && p.isProtected(s.at()) && !p.agreed(s.at(), route.purpose(), route.country()));
        return person == null
                ? null
                : Draft.breaking(ApprovedTraffic.export(s, route, person), GATEWAY_NOT_APPROVED, CONSENT_MISSING);
    }

    static @Nullable Draft uncoveredCountry(Scene s) {
        Route route = open(s, r -> !r.approval().destinations().contains("*"));
        Access access = export(s, route);
        return access == null || route == null
                ? null
                : Draft.breaking(access.to(null, uncovered(s, route)), GATEWAY_SCOPE_EXCEEDED);
    }

    private static String uncovered(Scene s, Route route) {
        List<String> countries = new ArrayList<>(Geography.REMOTE);
        countries.add("IN");
        countries.removeAll(route.approval().destinations());
        return s.dice().pick(countries);
    }

    /** Two recipients: the employee is where the gateway is approved for, the destination is not. */
    static @Nullable Draft uncoveredSecondCountry(Scene s) {
        Route route = open(s, r -> !r.approval().destinations().contains("*"));
        Employee employee = route == null ? null : s.employeeIn(route.country());
        Access access = export(s, route);
        return access == null || route == null || employee == null
                ? null
                : Draft.breaking(s.by(access.to(null, uncovered(s, route)), employee), GATEWAY_SCOPE_EXCEEDED);
    }

    static @Nullable Draft uncoveredCategory(Scene s) {
        Route route = open(s, r -> !r.approval().categories().contains("*"));
        Access access = export(s, route);
        if (access == null || route == null) {
            return null;
        }
        List<String> categories = new ArrayList<>(route.categories());
        categories.add(s.dice().percent(70) ? "DIRECT_MESSAGE" : "WATCH_PARTY");
        return Draft.breaking(access.data(categories, Protection.RAW), GATEWAY_SCOPE_EXCEEDED);
    }

    static @Nullable Draft uncoveredPurpose(Scene s) {
        Access access = export(s, open(s, r -> true));
        return access == null ? null : Draft.breaking(access.purpose(UNCOVERED_PURPOSE), GATEWAY_SCOPE_EXCEEDED);
    }

    /** An empty list is none, not any. */
    static @Nullable Draft approvedForNoPurpose(Scene s) {
        Person person = s.adult();
        return person == null
                ? null
                : Draft.breaking(
                        s.about(s.access(), person)
                                .does(Operation.EXPORT)
                                .to("san-jose-office", "US")
                                .through(Gateways.WITHOUT_PURPOSE, null),
                        GATEWAY_SCOPE_EXCEEDED);
    }

    private static @Nullable Access unreviewed(Scene s) {
        Route route = open(s, r -> !r.approval().reviewedBuilds().isEmpty());
        Access access = export(s, route);
        return access == null || route == null
                ? null
                : access.through(route.approval().gateway(), s.dice().percent(40) ? null : OTHER_BUILD);
    }

    static @Nullable Draft unreviewedBuild(Scene s) {
        Access access = unreviewed(s);
        return access == null ? null : Draft.breaking(access, GATEWAY_BUILD_UNREVIEWED);
    }

    static @Nullable Draft unreviewedBuildAndScope(Scene s) {
        Access access = unreviewed(s);
        return access == null
                ? null
                : Draft.breaking(access.purpose(UNCOVERED_PURPOSE), GATEWAY_BUILD_UNREVIEWED, GATEWAY_SCOPE_EXCEEDED);
    }
}
