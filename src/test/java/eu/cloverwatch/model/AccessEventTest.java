package eu.cloverwatch.model;

import static eu.cloverwatch.model.SampleEvent.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An access event that exists is valid; what is not is refused by field, without its value. */
class AccessEventTest {

    private static final String HALF_A_PAIR = "S-\uD83D";

    @Test
    void anIdHasUpTo128CodePointsHoweverManyCharsTheyTake() {
        String longest = "\uD83D\uDE00".repeat(128);

        assertThat(event().id(longest).build().eventId()).isEqualTo(longest).hasSize(256);
        refused(() -> event().id(longest + "x").build(), "event_id: expected 1 to 128 code points");
        refused(() -> event().id("x".repeat(129)).build(), "event_id: expected 1 to 128 code points");
        refused(() -> event().id("").build(), "event_id: expected 1 to 128 code points");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "\uDE00", "\uDE00\uD83D", "x\uD83Dx", "\uD83D\uD83D\uDE00", "\uD83D\uDE00\uDE00"})
    void halfASurrogatePairIsNoText(String text) {
        refused(() -> event().id(text).build(), "event_id: expected Unicode text, not half a surrogate pair");
    }

    @Test
    void everyTextIsChecked() {
        String expected = ": expected Unicode text, not half a surrogate pair";
        refused(() -> event().subject(HALF_A_PAIR, "DE").build(), "subject.id" + expected);
        refused(() -> event().employee(HALF_A_PAIR).build(), "actor.id" + expected);
        refused(() -> event().categories("EMAIL", HALF_A_PAIR).build(), "categories[1]" + expected);
        refused(() -> event().from(HALF_A_PAIR).build(), "origin_site" + expected);
        refused(() -> event().to(HALF_A_PAIR, null).build(), "destination.site" + expected);
        refused(() -> event().purpose(HALF_A_PAIR).build(), "purpose" + expected);
        refused(() -> event().through(HALF_A_PAIR).build(), "gateway.id" + expected);
        refused(() -> event().through("G", HALF_A_PAIR).build(), "gateway.build_digest" + expected);
        refused(() -> new AccessEvent.GatewayUse("G", HALF_A_PAIR, null), "gateway.pass_id" + expected);
        refused(() -> new AccessEvent.Actor(ActorType.SERVICE, "a", HALF_A_PAIR), "actor.source_ip" + expected);
    }

    @Test
    void countsAreNotNegative() {
        assertThat(event().count(0).counts(0, 0).build().recordCount()).isZero();
        refused(() -> event().counts(-1, 0).build(), "record_count: expected a number that is not negative");
        refused(() -> event().counts(0, Long.MIN_VALUE).build(), "byte_count: expected a number that is not negative");
        refused(() -> event().count(-1).build(), "subject.count: expected a number that is not negative");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "de", "DEU", "XX", "UK", "EU", "D\u0130", " DE"})
    void countriesAreIsoCodesInCapitals(String country) {
        String expected = ": expected an ISO 3166-1 alpha-2 country code in capitals";
        refused(() -> event().subject("S-1", country).build(), "subject.country" + expected);
        refused(() -> event().to(null, country).build(), "destination.country" + expected);
    }

    @Test
    void thereIsAtLeastOneCategory() {
        refused(() -> event().categories().build(), "categories: expected at least one category");
    }

    @Test
    void aRefusalDoesNotRepeatTheValue() {
        assertThatThrownBy(() -> event().subject("S-secret-7\uD83D", "DE"))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aSubjectDoesNotPrintItsId() {
        assertThat(event().subject("S-secret-7", "DE").build().toString()).doesNotContain("S-secret-7");
    }

    @ParameterizedTest
    @CsvSource({"EMPLOYEE, true", "UNKNOWN, true", "SERVICE, false"})
    void onlyAServiceIsNowhere(ActorType type, boolean person) {
        assertThat(new AccessEvent.Actor(type, "a", null).isPerson()).isEqualTo(person);
    }

    private static void refused(ThrowingCallable making, String message) {
        assertThatThrownBy(making).isInstanceOf(InvalidRecordException.class).hasMessage(message);
    }
}
