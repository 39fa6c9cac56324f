package eu.cloverwatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What facts are on a timeline, and from when on. */
class FactVersionsTest {

    private static final Instant EARLY = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant LATE = Instant.parse("2024-02-01T00:00:00Z");

    @Test
    void anEmployeeWhoIsThereIsAVersionWithAValue() {
        EmployeeLocation location = location("JP", null, false);

        assertThat(location.version()).isEqualTo(new Timeline.Version<>(EARLY, LATE, location));
    }

    @Test
    void anEmployeeWhoLeftIsAVersionWithoutValueWhateverCountryItNames() {
        assertThat(location("JP", null, true).version()).isEqualTo(new Timeline.Version<>(EARLY, LATE, null));
    }

    @Test
    void theCountriesOfALocationAreChecked() {
        assertThatThrownBy(() -> location("Japan", null, false))
                .hasMessage("country: expected an ISO 3166-1 alpha-2 country code in capitals");
        assertThatThrownBy(() -> location("JP", "UK", false))
                .hasMessage("employer_country: expected an ISO 3166-1 alpha-2 country code in capitals");
    }

    @Test
    void aPolicyIsInForceFromTheLaterOfItsTwoTimes() {
        assertThat(revision(EARLY, LATE).inForceFrom()).isEqualTo(LATE);
        assertThat(revision(LATE, EARLY).inForceFrom()).isEqualTo(LATE);
        assertThat(revision(EARLY, EARLY).inForceFrom()).isEqualTo(EARLY);
    }

    @Test
    void aPolicyWhoseHashIsNotThatOfItsDocumentIsRefused() {
        assertThatThrownBy(() -> new PolicyRevision("p", EARLY, EARLY, "a", Sha256.hex("other"), "text"))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessage("sha256: expected the SHA-256 of document, lower-case hexadecimal");
    }

    private static PolicyRevision revision(Instant effectiveFrom, Instant recordedAt) {
        return new PolicyRevision("p", effectiveFrom, recordedAt, "a", Sha256.hex("text"), "text");
    }

    private static EmployeeLocation location(String country, @Nullable String employer, boolean left) {
        return new EmployeeLocation("E-1", country, null, employer, EARLY, LATE, LocationSource.HR, left);
    }
}
