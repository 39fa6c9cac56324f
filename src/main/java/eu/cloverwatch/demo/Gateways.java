package eu.cloverwatch.demo;

import eu.cloverwatch.v1.GatewayApproval;
import eu.cloverwatch.v1.GatewayStatus;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The security gateways and every approval, suspension and withdrawal of theirs. */
final class Gateways {

    static final String ADS = "GW-DUB-02";
    static final String SAFETY = "GW-DUB-03";
    static final String DECOMMISSIONED = "GW-DUB-04";
    static final String WITHOUT_PURPOSE = "GW-DUB-05";
    static final String CHINA_UNRESTRICTED = "GW-DUB-06";
    static final String SINGAPORE = "GW-SIN-01";

    static final Instant ADS_EXPIRE = Instant.parse("2025-01-15T00:00:00Z");
    static final Instant ADS_RENEWED = Instant.parse("2025-01-22T00:00:00Z");
    static final Instant SINGAPORE_SUSPENDED = Instant.parse("2024-10-14T09:00:00Z");
    static final Instant SINGAPORE_REINSTATED = Instant.parse("2024-10-28T09:00:00Z");
    static final Instant SINGAPORE_REVOKED = Instant.parse("2025-02-10T12:00:00Z");
    static final Instant DECOMMISSIONING = Instant.parse("2024-12-20T10:00:00Z");

    private static final Instant LONG_AGO = Instant.parse("2024-02-01T09:00:00Z");
    private static final List<String> ANY = List.of("*");
    private static final String BUILD_A = build('a');
    private static final String BUILD_B = build('b');
    private static final String BUILD_C = build('c');

    private final List<Approval> approvals = new ArrayList<>();
    private final List<Arrival> facts = new ArrayList<>();

    Gateways() {
        dublin();
        elsewhere();
    }

    private void dublin() {
        Approval support = approved(
                        "GW-DUB-01",
                        List.of("US", "CA", "JP", "KR", "IL", "BR", "PH", "MY", "SG"),
                        List.of("NAME", "EMAIL", "PHONE_NUMBER", "PRIVATE_CONTENT", "IP_ADDRESS", "VIEW_HISTORY"),
                        List.of("SUPPORT"))
                .builds(BUILD_A);
        approve(support);
        approve(support.from(Instant.parse("2024-10-20T08:00:00Z")).builds(BUILD_A, BUILD_B));
        approve(support.from(Instant.parse("2024-12-10T08:00:00Z")).builds(BUILD_B, BUILD_C));

        Approval ads = approved(
                ADS,
                List.of("US", "SG", "JP", "KR", "CA"),
                List.of("AD_INTERACTION", "VIEW_HISTORY", "DEVICE_ID"),
                List.of(Population.ADVERTISING, Population.PERSONALISATION));
        approve(ads.until(ADS_EXPIRE));
        approve(ads.from(ADS_RENEWED).until(Instant.parse("2025-07-01T00:00:00Z")));

        approve(approved(SAFETY, ANY, ANY, List.of("SAFETY", "LEGAL")).builds(BUILD_A, BUILD_B));

        approve(approved(DECOMMISSIONED, List.of("BR", "IL", "JP"), ANY, List.of("SUPPORT", "ENGINEERING")));
        facts.add(new Arrival(Topic.GATEWAYS, DECOMMISSIONED, new Arrival.Tombstone(), DECOMMISSIONING));

        approve(approved(WITHOUT_PURPOSE, List.of("US"), ANY, List.of()));
        approve(approved(
                CHINA_UNRESTRICTED, List.of("CN", "SG"), Categories.UNRESTRICTED, List.of("ENGINEERING", "RESEARCH")));
    }

    private void elsewhere() {
        approve(approved(
                        "GW-USE-01",
                        List.of("US"),
                        List.of("VIEW_HISTORY", "AD_INTERACTION", "DEVICE_ID", "UNCLASSIFIED", "PUBLIC_VIDEO"),
                        List.of("ENGINEERING", "OPERATIONS"))
                .until(Geography.US_ENCLAVE_ENDS));

        Approval singapore =
                approved(SINGAPORE, List.of("SG", "MY", "PH"), ANY, List.of("ENGINEERING", "SAFETY", "SUPPORT"));
        approve(singapore);
        approve(singapore.from(SINGAPORE_SUSPENDED).as(GatewayStatus.SUSPENDED));
        approve(singapore.from(SINGAPORE_REINSTATED));
        approve(singapore.from(SINGAPORE_REVOKED).as(GatewayStatus.REVOKED));

        Approval hamar = approved(
                        "GW-HAM-01",
                        List.of("US", "IL", "CA", "KR", "JP"),
                        List.of("VIEW_HISTORY", "AD_INTERACTION", "SEARCH_HISTORY", "PUBLIC_VIDEO", "EMAIL"),
                        List.of("ENGINEERING", "SUPPORT"))
                .from(Geography.HAMAR_OPENS)
                .builds(BUILD_B, BUILD_C);
        // Corrected before it came into force: the same effective_from, recorded earlier.
        fact(new Approval(hamar.gateway(), hamar.status(), hamar.from(), null, ANY, ANY, ANY, List.of()), 5);
        approve(hamar);
        approve(approved("GW-KVL-01", List.of("US", "CA"), ANY, List.of("ENGINEERING"))
                .from(Geography.KOUVOLA_OPENS));
    }

    private static String build(char digit) {
        return "sha256:" + String.valueOf(digit).repeat(64);
    }

    private static Approval approved(
            String gateway, List<String> destinations, List<String> categories, List<String> purposes) {
        return new Approval(
                gateway, GatewayStatus.APPROVED, LONG_AGO, null, destinations, categories, purposes, List.of());
    }

    private void approve(Approval approval) {
        approvals.add(approval);
        fact(approval, 1);
    }

    private void fact(Approval approval, int daysAhead) {
        Instant recordedAt = approval.from().minus(Duration.ofDays(daysAhead));
        GatewayApproval value = new GatewayApproval(
                approval.gateway(),
                site(approval.gateway()),
                approval.status(),
                "security partner",
                approval.from(),
                approval.validUntil(),
                recordedAt,
                approval.destinations(),
                approval.categories(),
                approval.purposes(),
                approval.reviewedBuilds());
        facts.add(new Arrival(Topic.GATEWAYS, approval.gateway(), new Arrival.Value(value), recordedAt));
    }

    /** Where the gateway stands, and the data that passes it lies. */
    static String site(String gateway) {
        return switch (gateway.substring(0, 6)) {
            case "GW-HAM" -> "hamar-1";
            case "GW-KVL" -> "kouvola-1";
            case "GW-SIN" -> "singapore";
            case "GW-USE" -> "us-enclave";
            default -> "dublin-1";
        };
    }

    List<Arrival> facts() {
        return facts;
    }

    /** The approval of each gateway at this time, whether it is open or shut; a gateway without any is not listed. */
    List<Approval> at(Instant at) {
        List<Approval> current = new ArrayList<>();
        for (Approval approval : approvals) {
            boolean gone = approval.gateway().equals(DECOMMISSIONED) && !at.isBefore(DECOMMISSIONING);
            if (!approval.from().isAfter(at) && !gone) {
                current.removeIf(earlier -> earlier.gateway().equals(approval.gateway()));
                current.add(approval);
            }
        }
        return current;
    }

    @Nullable Approval at(Instant at, String gateway) {
        return at(at).stream()
                .filter(approval -> approval.gateway().equals(gateway))
                .findFirst()
                .orElse(null);
    }
}
