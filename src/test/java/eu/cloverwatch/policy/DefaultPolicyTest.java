package eu.cloverwatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Countries;
import eu.cloverwatch.model.Protection;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The facts that the default policy rests on. */
class DefaultPolicyTest {

    private static final Policy POLICY = PolicyDocument.defaultPolicy().policy();
    private static final Instant EARLY_2024 = Instant.parse("2024-02-01T00:00:00Z");
    private static final Instant LATE_2026 = Instant.parse("2026-11-01T00:00:00Z");

    @Test
    void itCoversTheEeaTheUnitedKingdomAndSwitzerland() {
        List<String> covered = Countries.all().stream().filter(POLICY::protects).toList();

        assertThat(covered)
                .hasSize(27 + 3 + 2)
                .contains("NO", "IS", "LI", "GB", "CH", "GR", "HR")
                .allMatch(POLICY::inRegion);
        assertThat(Countries.all().stream().filter(POLICY::inRegion)).hasSameSizeAs(covered);
    }

    @Test
    void sitesAreInTheEnclaveWhenTheyAreKnownToRun() {
        assertThat(List.of("dublin-1", "us-enclave")).allMatch(site -> isEnclave(site, EARLY_2024));
        assertThat(List.of("dublin-1", "hamar-1")).allMatch(site -> isEnclave(site, LATE_2026));
        assertThat(List.of("dublin-2", "kouvola-1", "us-enclave", "singapore", "us-legacy"))
                .noneMatch(site -> isEnclave(site, LATE_2026));
        assertThat(isEnclave("dublin-1", Instant.parse("2023-09-04T23:59:59.999Z")))
                .isFalse();
        assertThat(isEnclave("us-enclave", Instant.parse("2025-01-01T00:00:00Z")))
                .isFalse();
    }

    @Test
    void oldDataMayStayWhileItMoves() {
        assertThat(List.of("singapore", "us-legacy"))
                .allMatch(site -> POLICY.site(site).orElseThrow().isLegacyAt(EARLY_2024))
                .noneMatch(site -> POLICY.site(site).orElseThrow().isLegacyAt(LATE_2026));
    }

    @Test
    void allNamedCategoriesButFourAreRestricted() {
        assertThat(List.of(
                        "NAME",
                        "EMAIL",
                        "PHONE_NUMBER",
                        "IP_ADDRESS",
                        "FINANCIAL",
                        "PRIVATE_CONTENT",
                        "PRIVATE_VIDEO",
                        "DIRECT_MESSAGE",
                        "PRECISE_LOCATION",
                        "CONTACTS",
                        "DATE_OF_BIRTH",
                        "DEVICE_ID",
                        "UNCLASSIFIED"))
                .allMatch(category -> POLICY.isRestricted(List.of(category)) && POLICY.denies("CN", List.of(category)));
        assertThat(List.of("VIEW_HISTORY", "AD_INTERACTION", "PUBLIC_VIDEO", "PRIVACY_SETTING"))
                .noneMatch(
                        category -> POLICY.isRestricted(List.of(category)) || POLICY.denies("CN", List.of(category)));
    }

    @Test
    void publicAndAggregatedDataIsOutsideAndSomeIsAfterPseudonymisation() {
        assertThat(POLICY.isExempt(Protection.PUBLIC, List.of("NAME"))).isTrue();
        assertThat(POLICY.isExempt(Protection.AGGREGATED, List.of("NAME"))).isTrue();
        assertThat(POLICY.isExempt(Protection.PSEUDONYMISED, List.of("PUBLIC_VIDEO", "PRIVACY_SETTING")))
                .isTrue();
        assertThat(POLICY.isExempt(Protection.PSEUDONYMISED, List.of("PUBLIC_VIDEO", "NAME")))
                .isFalse();
        assertThat(POLICY.isExempt(Protection.RAW, List.of("PUBLIC_VIDEO"))).isFalse();
    }

    @Test
    void advertisingNeedsConsentAndMinorsDataStays() {
        assertThat(POLICY.requiresConsent("ADVERTISING")).isTrue();
        assertThat(POLICY.allowsMinorsEgress()).isFalse();
    }

    private static boolean isEnclave(String site, Instant t) {
        return POLICY.site(site).orElseThrow().isEnclaveAt(t);
    }
}
