package eu.cloverwatch.policy;

import static eu.cloverwatch.model.SampleEvent.event;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.AgeBand;
import eu.cloverwatch.model.Finding;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Protection;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.model.SampleEvent;
import eu.cloverwatch.model.Severity;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Steps 1 and 2 of the procedure: whose data it is, and whether the policy is about it at all. */
class JudgeScopeTest {

    @Test
    void withoutAPolicyNothingCanBeSaidButThat() {
        Judgement judgement = JudgeFixture.with()
                .noPolicy()
                .located("CN")
                .judge(event().employee("E-1")
                        .categories("EMAIL")
                        .from("nowhere")
                        .minor(true));

        assertThat(judgement.outcome()).isEqualTo(Outcome.UNDECIDABLE);
        assertThat(judgement.findings())
                .containsExactly(new Finding(
                        Rule.POLICY_ABSENT,
                        Severity.MEDIUM,
                        "no policy was in force at the time of the event",
                        "publish a policy before data is accessed under it"));
        assertThat(judgement.known().policySha256()).isNull();
        assertThat(judgement.known().originCountry()).isNull();
        assertThat(judgement.known().gatewayFrom()).isNull();
        assertThat(JudgeFixture.with().noPolicy().flow(event()).settled()).isEmpty();
    }

    @Test
    void aResidentOfACountryThatIsNotProtectedIsOutOfScopeWhateverHappens() {
        JudgeFixture judge = JudgeFixture.with().located("CN");
        SampleEvent event =
                event().employee("E-1").subject("S-1", "CH").from("nowhere").categories("EMAIL");

        assertThat(judge.judge(event).outcome()).isEqualTo(Outcome.OUT_OF_SCOPE);
        assertThat(judge.judge(event).findings()).isEmpty();
        assertThat(judge.flow(event).settled()).isEqualTo(Optional.of(Outcome.OUT_OF_SCOPE));
    }

    @Test
    void theCountryOfTheEventCountsBeforeThatOfTheRecord() {
        JudgeFixture judge = JudgeFixture.with().resident("US", AgeBand.ADULT);

        assertThat(judge.judge(event().subject("S-1", "DE").to(null, "US")).outcome())
                .isEqualTo(Outcome.VIOLATION);
        assertThat(judge.judge(event().subject("S-1", null).to(null, "US")).outcome())
                .isEqualTo(Outcome.OUT_OF_SCOPE);
    }

    @Test
    void aSubjectOfUnknownCountryIsTakenForProtected() {
        SampleEvent event = event().subject("S-1", null);
        Judgement inRegion = JudgeFixture.with().judge(event);

        assertThat(inRegion.outcome()).isEqualTo(Outcome.IN_REGION);
        assertThat(inRegion.findings()).isEmpty();
        assertThat(JudgeFixture.with().flow(event).settled())
                .as("the subject's record may tell the country")
                .isEmpty();
    }

    @Test
    void aSubjectOfUnknownCountryIsAFindingOnceSomethingLeaves() {
        Judgement judgement = JudgeFixture.with()
                .gateway(JudgeFixture.approved("US"))
                .judge(event().subject("S-1", null).to(null, "US").through("G-7"));

        assertThat(judgement.outcome()).isEqualTo(Outcome.UNDECIDABLE);
        assertThat(judgement.findings())
                .containsExactly(new Finding(
                        Rule.SUBJECT_COUNTRY_UNKNOWN,
                        Severity.MEDIUM,
                        "neither the event nor a record tells in which country the subject lives",
                        "name the subject's country in the event"));
    }

    @Test
    void aSubjectOfUnknownCountryIsAFindingBesideAnyOther() {
        Judgement judgement =
                JudgeFixture.with().judge(event().subject(null, null).from("nowhere"));

        assertThat(JudgeFixture.rules(judgement)).containsExactly(Rule.SITE_UNKNOWN, Rule.SUBJECT_COUNTRY_UNKNOWN);
        assertThat(judgement.outcome()).isEqualTo(Outcome.UNDECIDABLE);
    }

    @Test
    void aBulkAccessWithoutCountrySettlesAtHomeAsNoRecordCanTellMore() {
        assertThat(JudgeFixture.with().flow(event().subject(null, null)).settled())
                .isEqualTo(Optional.of(Outcome.IN_REGION));
    }

    @Test
    void aRecordNoLongerKeptIsNotTheSameAsNone() {
        Judgement judgement = JudgeFixture.with()
                .consent(Lookup.beyondHistory())
                .judge(event().subject("S-1", null).to(null, "US"));

        assertThat(JudgeFixture.rules(judgement)).containsExactly(Rule.EGRESS_WITHOUT_GATEWAY, Rule.HISTORY_EXPIRED);
        Finding expired = JudgeFixture.finding(judgement, Rule.HISTORY_EXPIRED);
        assertThat(expired.message())
                .isEqualTo("the event does not name the subject's country, and the subject's record of that time is no "
                        + "longer kept");
        assertThat(expired.remedy()).isEqualTo("name the subject's country in the event");
    }

    @Test
    void dataSoProtectedIsExemptIfEveryCategoryIs() {
        JudgeFixture judge = JudgeFixture.with();

        assertThat(judge.judge(event().to(null, "US")
                                .protection(Protection.PUBLIC)
                                .categories("EMAIL"))
                        .outcome())
                .isEqualTo(Outcome.EXEMPT);
        SampleEvent pseudonymised = event().to(null, "US").protection(Protection.PSEUDONYMISED);
        assertThat(judge.judge(pseudonymised.categories("PUBLIC_VIDEO", "PRIVACY_SETTING"))
                        .outcome())
                .isEqualTo(Outcome.EXEMPT);
        assertThat(judge.flow(pseudonymised).settled()).isEqualTo(Optional.of(Outcome.EXEMPT));
        assertThat(judge.judge(pseudonymised.categories("PUBLIC_VIDEO", "EMAIL"))
                        .outcome())
                .isEqualTo(Outcome.VIOLATION);
    }

    @Test
    void outOfScopeIsSaidBeforeExempt() {
        assertThat(JudgeFixture.with()
                        .judge(event().subject("S-1", "US").protection(Protection.PUBLIC))
                        .outcome())
                .isEqualTo(Outcome.OUT_OF_SCOPE);
    }

    @Test
    void exemptDataOfASubjectWhoseRecordMayTellTheCountryIsNotSettled() {
        SampleEvent event = event().subject("S-1", null).protection(Protection.PUBLIC);

        assertThat(JudgeFixture.with().flow(event).settled()).isEmpty();
        assertThat(JudgeFixture.with()
                        .resident("US", AgeBand.ADULT)
                        .judge(event)
                        .outcome())
                .isEqualTo(Outcome.OUT_OF_SCOPE);
        assertThat(JudgeFixture.with()
                        .resident("DE", AgeBand.ADULT)
                        .judge(event)
                        .outcome())
                .isEqualTo(Outcome.EXEMPT);
    }
}
