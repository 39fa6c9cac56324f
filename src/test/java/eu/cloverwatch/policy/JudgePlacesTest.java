package eu.cloverwatch.policy;

import static eu.cloverwatch.model.SampleEvent.event;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.ActorType;
import eu.cloverwatch.model.Finding;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Operation;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.model.SampleEvent;
import eu.cloverwatch.model.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps 3 to 5 of the procedure: sites, storage and recipients. */
class JudgePlacesTest {

    @Test
    void aSiteThatThePolicyDoesNotListIsNamed() {
        Judgement judgement = JudgeFixture.with().judge(event().from("atlantis"));

        assertThat(judgement.outcome()).isEqualTo(Outcome.UNDECIDABLE);
        assertThat(judgement.findings())
                .containsExactly(new Finding(
                        Rule.SITE_UNKNOWN,
                        Severity.MEDIUM,
                        "the policy does not list the site atlantis",
                        "add the site atlantis to the policy, or name one that it lists"));
    }

    @Test
    void twoUnknownSitesAreOneFindingThatNamesBoth() {
        Judgement judgement = JudgeFixture.with().judge(event().from("atlantis").to("utopia", null));

        assertThat(judgement.findings()).hasSize(1);
        assertThat(judgement.findings().get(0).message())
                .isEqualTo("the policy does not list the site atlantis; the policy does not list the site utopia");
        assertThat(JudgeFixture.with()
                        .judge(event().from("atlantis").to("atlantis", null))
                        .findings()
                        .get(0)
                        .message())
                .isEqualTo("the policy does not list the site atlantis");
    }

    /** Operation, destination site, destination country: the rules that are found. */
    @ParameterizedTest
    @CsvSource({
        "READ,      dublin-1,     ,             ,   ''",
        "WRITE,     dublin-1,     ,             ,   ''",
        "WRITE,     paris-office, ,             ,   STORED_OUTSIDE_ENCLAVE",
        "REPLICATE, paris-office, ,             ,   STORED_OUTSIDE_ENCLAVE",
        "UNKNOWN,   paris-office, ,             ,   STORED_OUTSIDE_ENCLAVE",
        "READ,      paris-office, ,             ,   ''",
        "EXPORT,    paris-office, ,             ,   ''",
        "DELETE,    paris-office, ,             ,   ''",
        "WRITE,     dublin-1,     paris-office, ,   STORED_OUTSIDE_ENCLAVE",
        "WRITE,     paris-office, dublin-1,     ,   ''",
        "WRITE,     paris-office, dublin-1,     FR, ''",
        "EXPORT,    dublin-1,     paris-office, ,   ''",
        "WRITE,     dublin-1,     ,             FR, SITE_UNKNOWN",
        "UNKNOWN,   dublin-1,     ,             FR, SITE_UNKNOWN",
        "EXPORT,    dublin-1,     ,             FR, ''",
        "WRITE,     atlantis,     ,             ,   SITE_UNKNOWN",
        "WRITE,     dublin-1,     atlantis,     ,   SITE_UNKNOWN",
        "WRITE,     singapore,    ,             ,   ''",
        "WRITE,     us-enclave,   ,             ,   ''",
    })
    void whatStoresStoresAtTheDestinationElseAtTheOrigin(
            Operation operation, String origin, @Nullable String site, @Nullable String country, String rule) {
        Judgement judgement = JudgeFixture.with()
                .judge(event().operation(operation).from(origin).to(site, country));

        assertThat(JudgeFixture.rules(judgement)).isEqualTo(rule.isEmpty() ? List.of() : List.of(Rule.valueOf(rule)));
    }

    @Test
    void storageOutsideTheEnclaveNamesSiteAndCountry() {
        Judgement judgement =
                JudgeFixture.with().judge(event().operation(Operation.WRITE).from("paris-office"));

        assertThat(judgement.outcome()).isEqualTo(Outcome.VIOLATION);
        assertThat(judgement.findings())
                .containsExactly(new Finding(
                        Rule.STORED_OUTSIDE_ENCLAVE,
                        Severity.HIGH,
                        "the data was stored at the site paris-office (FR), which was not part of the enclave at the time",
                        "store the data at a site of the enclave"));
    }

    @Test
    void storageAtAPlaceOfWhichOnlyTheCountryIsNamedSaysSo() {
        Finding finding = JudgeFixture.finding(
                JudgeFixture.with().judge(event().operation(Operation.WRITE).to(null, "FR")), Rule.SITE_UNKNOWN);

        assertThat(finding.message()).isEqualTo("the data is stored at a place of which only the country is named, FR");
        assertThat(finding.remedy()).isEqualTo("name the site where the data is stored");
    }

    @ParameterizedTest
    @CsvSource({
        "dublin-1,   2023-09-05T00:00:00Z,     IN_REGION",
        "dublin-1,   2023-09-04T23:59:59.999Z, VIOLATION",
        "us-enclave, 2024-12-31T23:59:59.999Z, IN_REGION",
        "us-enclave, 2025-01-01T00:00:00Z,     VIOLATION",
        "singapore,  2024-12-30T23:59:59.999Z, IN_REGION",
        "singapore,  2024-12-31T00:00:00Z,     VIOLATION",
    })
    void theEnclaveIsThatOfTheEventsTimeFromInclusiveUntilExclusive(String site, Instant at, Outcome outcome) {
        SampleEvent event = event().operation(Operation.WRITE).from(site).at(at);

        assertThat(JudgeFixture.with().judge(event).outcome()).isEqualTo(outcome);
    }

    @Test
    void aSiteOfTheEnclaveIsInsideWhateverItsCountryAndALegacySiteIsNot() {
        JudgeFixture judge = JudgeFixture.with();

        assertThat(judge.judge(event().to("us-enclave", null)).outcome()).isEqualTo(Outcome.IN_REGION);
        assertThat(judge.judge(event().to("us-enclave", "US")).outcome())
                .as("the country is the site's own")
                .isEqualTo(Outcome.IN_REGION);
        assertThat(judge.judge(event().to("us-enclave", null).at(Instant.parse("2025-01-01T00:00:00Z")))
                        .outcome())
                .isEqualTo(Outcome.VIOLATION);
        assertThat(judge.judge(event().to("singapore", null)).outcome()).isEqualTo(Outcome.VIOLATION);
    }

    @Test
    void aCountryThatIsNotTheSitesIsARecipientOfItsOwn() {
        Judgement judgement = JudgeFixture.with().judge(event().to("us-enclave", "JP"));

        assertThat(JudgeFixture.finding(judgement, Rule.EGRESS_WITHOUT_GATEWAY).message())
                .isEqualTo("VIEW_HISTORY reached JP (destination) through no gateway");
    }

    @Test
    void anUnknownSiteDoesNotHideTheCountryBesideIt() {
        Judgement judgement = JudgeFixture.with().judge(event().to("atlantis", "US"));

        assertThat(JudgeFixture.rules(judgement)).containsExactly(Rule.EGRESS_WITHOUT_GATEWAY, Rule.SITE_UNKNOWN);
        assertThat(judgement.outcome()).as("undecidable ones ride along").isEqualTo(Outcome.VIOLATION);
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void whereTheEmployeeIsCountsWhateverIsDone(Operation operation) {
        SampleEvent event = event().operation(operation).employee("E-1");

        assertThat(JudgeFixture.with().located("CH").judge(event).outcome()).isEqualTo(Outcome.IN_REGION);
        assertThat(JudgeFixture.rules(JudgeFixture.with().located("JP").judge(event)))
                .containsExactly(Rule.EGRESS_WITHOUT_GATEWAY);
    }

    @Test
    void whereAServiceIsDoesNotCount() {
        assertThat(JudgeFixture.with().located("JP").judge(event()).outcome()).isEqualTo(Outcome.IN_REGION);
        assertThat(JudgeFixture.with()
                        .location(Lookup.beyondHistory())
                        .judge(event())
                        .findings())
                .isEmpty();
    }

    @Test
    void anActorOfUnknownTypeIsTakenForAnEmployee() {
        SampleEvent event = event().actor(ActorType.UNKNOWN, "A-1");

        assertThat(JudgeFixture.with().located("JP").judge(event).outcome()).isEqualTo(Outcome.VIOLATION);
        assertThat(JudgeFixture.rules(JudgeFixture.with().judge(event))).containsExactly(Rule.ACTOR_LOCATION_UNKNOWN);
    }

    @Test
    void anEmployeeWhoIsNowhereIsUndecidable() {
        Judgement judgement = JudgeFixture.with().judge(event().employee("E-17"));

        assertThat(judgement.outcome()).isEqualTo(Outcome.UNDECIDABLE);
        assertThat(judgement.findings())
                .containsExactly(new Finding(
                        Rule.ACTOR_LOCATION_UNKNOWN,
                        Severity.MEDIUM,
                        "nobody knows where E-17 was at the time of the event",
                        "record the location of E-17 from before the access"));
    }

    @Test
    void aLocationNoLongerKeptIsNotTheSameAsNone() {
        Judgement judgement =
                JudgeFixture.with().location(Lookup.beyondHistory()).judge(event().employee("E-17"));

        assertThat(judgement.outcome()).isEqualTo(Outcome.UNDECIDABLE);
        assertThat(judgement.findings())
                .containsExactly(new Finding(
                        Rule.HISTORY_EXPIRED,
                        Severity.MEDIUM,
                        "where E-17 was at the time of the event is no longer kept",
                        "keep the location history for as long as events are judged"));
    }

    @Test
    void recipientsAreNamedInTheOrderSiteCountryActor() {
        Judgement judgement = JudgeFixture.with()
                .located("KR")
                .judge(event().employee("E-1")
                        .to("tokyo-office", "US")
                        .categories("VIEW_HISTORY", "EMAIL", "VIEW_HISTORY"));

        assertThat(judgement.findings()).hasSize(1);
        assertThat(judgement.findings().get(0).message())
                .isEqualTo("VIEW_HISTORY, EMAIL reached JP (site tokyo-office), US (destination), KR (location of E-1) "
                        + "through no gateway");
        assertThat(judgement.known().destinationCountry()).isEqualTo("JP");
    }

    @Test
    void aCountryReachedTwiceIsNamedOnceWithBoth() {
        Judgement judgement =
                JudgeFixture.with().located("JP").judge(event().employee("E-1").to("tokyo-office", "JP"));

        assertThat(JudgeFixture.finding(judgement, Rule.EGRESS_WITHOUT_GATEWAY).message())
                .isEqualTo("VIEW_HISTORY reached JP (site tokyo-office and location of E-1) through no gateway");
    }

    @Test
    void onlyRecipientsOutsideAreNamed() {
        Judgement judgement =
                JudgeFixture.with().located("JP").judge(event().employee("E-1").to("paris-office", "CH"));

        assertThat(JudgeFixture.finding(judgement, Rule.EGRESS_WITHOUT_GATEWAY).message())
                .isEqualTo("VIEW_HISTORY reached JP (location of E-1) through no gateway");
    }

    @Test
    void whatStaysInTheRegionSettles() {
        assertThat(JudgeFixture.with()
                        .located("FR")
                        .flow(event().employee("E-1").to("paris-office", "CH").through("G-7"))
                        .settled())
                .isEqualTo(Optional.of(Outcome.IN_REGION));
    }
}
