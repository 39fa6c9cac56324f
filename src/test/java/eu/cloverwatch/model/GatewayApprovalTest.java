package eu.cloverwatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayApprovalTest {

    private static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");

    @Test
    void emptyCoversNothingAndAStarAnything() {
        assertThat(GatewayApproval.covers(List.of(), "JP")).isFalse();
        assertThat(GatewayApproval.covers(List.of("*"), "JP")).isTrue();
        assertThat(GatewayApproval.covers(List.of("US", "*"), "JP")).isTrue();
        assertThat(GatewayApproval.covers(List.of("US", "JP"), "JP")).isTrue();
        assertThat(GatewayApproval.covers(List.of("US"), "JP")).isFalse();
    }

    @Test
    void destinationsAreCountriesOrAStar() {
        assertThat(approval("*", "JP").destinations()).containsExactly("*", "JP");
        assertThatThrownBy(() -> approval("JP", "Japan"))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessage("destinations[1]: expected an ISO 3166-1 alpha-2 country code in capitals");
    }

    private static GatewayApproval approval(String... destinations) {
        return new GatewayApproval(
                "G",
                "dublin-1",
                GatewayStatus.APPROVED,
                "partner",
                FROM,
                null,
                FROM,
                List.of(destinations),
                List.of("*"),
                List.of("*"),
                List.of());
    }
}
