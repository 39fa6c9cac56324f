package eu.cloverwatch.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a site is in the enclave, and when old data may still be there. */
class SiteTest {

    private static final Instant JANUARY = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant FEBRUARY = Instant.parse("2024-02-01T00:00:00Z");
    private static final Instant MARCH = Instant.parse("2024-03-01T00:00:00Z");
    private static final Instant APRIL = Instant.parse("2024-04-01T00:00:00Z");

    @Test
    void anIntervalIsFromInclusiveUntilExclusive() {
        Site site = new Site("s", "US", List.of(new Interval(JANUARY, FEBRUARY), new Interval(MARCH, null)), null);

        assertThat(site.isEnclaveAt(JANUARY.minusMillis(1))).isFalse();
        assertThat(site.isEnclaveAt(JANUARY)).isTrue();
        assertThat(site.isEnclaveAt(FEBRUARY.minusMillis(1))).isTrue();
        assertThat(site.isEnclaveAt(FEBRUARY)).isFalse();
        assertThat(site.isEnclaveAt(MARCH)).isTrue();
        assertThat(site.isEnclaveAt(Instant.MAX)).isTrue();
    }

    @Test
    void legacyEndsAtTheInstant() {
        Site site = new Site("s", "SG", List.of(), MARCH);

        assertThat(site.isLegacyAt(Instant.MIN)).isTrue();
        assertThat(site.isLegacyAt(MARCH.minusMillis(1))).isTrue();
        assertThat(site.isLegacyAt(MARCH)).isFalse();
        assertThat(site.isEnclaveAt(JANUARY)).isFalse();
        assertThat(new Site("s", "SG", List.of(), null).isLegacyAt(JANUARY)).isFalse();
    }

    @Test
    void anIntervalIsNotEmpty() {
        assertThatThrownBy(() -> new Interval(JANUARY, JANUARY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Interval(FEBRUARY, JANUARY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void intervalsThatOnlyTouchDoNotOverlap() {
        Interval first = new Interval(JANUARY, MARCH);

        assertThat(List.of(new Interval(MARCH, APRIL), new Interval(MARCH, null)))
                .allMatch(other -> !first.overlaps(other) && !other.overlaps(first));
        assertThat(List.of(
                        first,
                        new Interval(FEBRUARY, APRIL),
                        new Interval(FEBRUARY, null),
                        new Interval(JANUARY.minusMillis(1), JANUARY.plusMillis(1)),
                        new Interval(Instant.EPOCH, null)))
                .allMatch(other -> first.overlaps(other) && other.overlaps(first));
        assertThat(new Interval(JANUARY, null).overlaps(new Interval(APRIL, null)))
                .isTrue();
    }

    @Test
    void aDocumentsSitesAreFoundById() {
        Policy policy = PolicyDocument.parse("""
                policy_id: test
                effective_from: 2023-03-08T00:00Z
                protected_residents: [DE]
                region: [DE]
                sites:
                  - {id: a, country: IE, enclave: [{from: 2024-03-01T00:00:00Z}, {from: 2024-01-01T00:00:00Z, until: 2024-02-01T00:00:00Z}]}
                  - {id: b, country: SG, legacy_until: 2024-04-01T00:00:00Z}
                restricted_categories: [NAME]
                """).policy();

        assertThat(policy.site("a"))
                .contains(
                        new Site("a", "IE", List.of(new Interval(MARCH, null), new Interval(JANUARY, FEBRUARY)), null));
        assertThat(policy.site("b")).contains(new Site("b", "SG", List.of(), APRIL));
        assertThat(policy.site("c")).isEmpty();
    }
}
