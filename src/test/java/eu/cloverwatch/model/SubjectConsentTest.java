package eu.cloverwatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.cloverwatch.model.SubjectConsent.Grant;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubjectConsentTest {

    private static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");

    private static SubjectConsent consent(Grant... grants) {
        return new SubjectConsent(new SubjectId("S-1"), "DE", AgeBand.ADULT, FROM, FROM, List.of(grants));
    }

    private static Grant granted(String purpose, String... destinations) {
        return new Grant(purpose, true, List.of(destinations));
    }

    private static Grant refused(String purpose, String... destinations) {
        return new Grant(purpose, false, List.of(destinations));
    }

    @Test
    void aGrantWithoutDestinationsHoldsAnywhere() {
        assertThat(consent(granted("ADVERTISING")).allows("ADVERTISING", "US")).isTrue();
    }

    @Test
    void aGrantHoldsForItsPurposeAndItsDestinationsOnly() {
        SubjectConsent consent = consent(granted("ADVERTISING", "US", "JP"), granted("RESEARCH", "KR"));

        assertThat(consent.allows("ADVERTISING", "JP")).isTrue();
        assertThat(consent.allows("ADVERTISING", "KR")).isFalse();
        assertThat(consent.allows("SUPPORT", "US")).isFalse();
    }

    @Test
    void severalGrantsForOnePurposeAddUp() {
        SubjectConsent consent = consent(granted("ADVERTISING", "US"), granted("ADVERTISING", "JP"));

        assertThat(consent.allows("ADVERTISING", "US")).isTrue();
        assertThat(consent.allows("ADVERTISING", "JP")).isTrue();
    }

    @Test
    void aRefusalAllowsNothing() {
        assertThat(consent(refused("ADVERTISING")).allows("ADVERTISING", "US")).isFalse();
        assertThat(consent().allows("ADVERTISING", "US")).isFalse();
    }

    @Test
    void aPurposeBothGrantedAndRefusedIsNoRecordWhateverTheDestinations() {
        assertThatThrownBy(() -> consent(granted("A", "US"), granted("B"), refused("A", "JP")))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessage("grants[2]: expected no purpose both granted and refused in one record");
        assertThat(consent(refused("A", "JP"), refused("A", "US"), granted("B")).grants())
                .hasSize(3);
    }

    @Test
    void countriesAreChecked() {
        assertThatThrownBy(() -> granted("A", "US", "XX"))
                .hasMessage("grants.destinations[1]: expected an ISO 3166-1 alpha-2 country code in capitals");
        assertThatThrownBy(() -> new SubjectConsent(new SubjectId("S"), "eu", AgeBand.ADULT, FROM, FROM, List.of()))
                .hasMessage("residence_country: expected an ISO 3166-1 alpha-2 country code in capitals");
    }
}
