package eu.cloverwatch.policy;

import static eu.cloverwatch.model.SampleEvent.event;
import static eu.cloverwatch.policy.JudgeFixture.FACTS_FROM;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.AgeBand;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.SampleEvent;
import eu.cloverwatch.model.Sha256;
import org.junit.jupiter.api.Test;

/** What a judgement says it rests on: enough to make it again. */
class JudgeEvidenceTest {

    private static final String SHA256 = Sha256.hex(JudgeFixture.POLICY);

    private static JudgeFixture allFacts() {
        return JudgeFixture.with().located("JP").resident("FR", AgeBand.ADULT).gateway(JudgeFixture.approved("*"));
    }

    @Test
    void everythingThatWasKnownIsThere() {
        Judgement judgement =
                allFacts().judge(event().employee("E-1").subject("S-1", null).through("G-7"));

        assertThat(judgement.known())
                .isEqualTo(new Judgement.Known(
                        SHA256,
                        "FR",
                        false,
                        "JP",
                        "IE",
                        "JP",
                        FACTS_FROM,
                        FACTS_FROM.plusSeconds(1),
                        FACTS_FROM.plusSeconds(2)));
    }

    @Test
    void whatTheEventSaysComesBeforeTheRecord() {
        Judgement.Known known = allFacts()
                .judge(event().employee("E-1").subject("S-1", "DE").minor(true))
                .known();

        assertThat(known.subjectCountry()).isEqualTo("DE");
        assertThat(known.minor()).isTrue();
    }

    @Test
    void aServiceIsNowhereEvenIfALocationIsGiven() {
        Judgement.Known known = allFacts().judge(event()).known();

        assertThat(known.actorCountry()).isNull();
        assertThat(known.locationFrom()).isNull();
        assertThat(known.destinationCountry()).isNull();
    }

    @Test
    void whatIsAbsentOrNoLongerKeptIsNull() {
        Judgement.Known known = JudgeFixture.with()
                .location(Lookup.beyondHistory())
                .consent(Lookup.beyondHistory())
                .gateway(Lookup.beyondHistory())
                .judge(event().employee("E-1").subject("S-1", null).from("atlantis"))
                .known();

        assertThat(known).isEqualTo(new Judgement.Known(SHA256, null, null, null, null, null, null, null, null));
    }

    @Test
    void anUnknownAgeIsNeitherMinorNorAdult() {
        assertThat(JudgeFixture.with()
                        .resident("DE", AgeBand.UNKNOWN)
                        .judge(event())
                        .known()
                        .minor())
                .isNull();
    }

    @Test
    void withoutAPolicyTheFactsAreStillThere() {
        Judgement.Known known = allFacts()
                .noPolicy()
                .judge(event().employee("E-1").subject("S-1", null))
                .known();

        assertThat(known)
                .isEqualTo(new Judgement.Known(
                        null, "FR", false, "JP", null, null, FACTS_FROM, FACTS_FROM.plusSeconds(1), null));
    }

    @Test
    void theFirstRecipientOutsideIsTheDestination() {
        SampleEvent event = event().employee("E-1").to("us-enclave", "KR");

        assertThat(allFacts().judge(event).known().destinationCountry()).isEqualTo("KR");
    }

    @Test
    void whatIsOutOfScopeOrExemptHasNoDestination() {
        assertThat(allFacts()
                        .judge(event().subject("S-1", "US").to(null, "US"))
                        .known()
                        .destinationCountry())
                .isNull();
    }
}
