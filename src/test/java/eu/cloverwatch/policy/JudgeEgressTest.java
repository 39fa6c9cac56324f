package eu.cloverwatch.policy;

import static eu.cloverwatch.model.SampleEvent.event;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.AgeBand;
import eu.cloverwatch.model.Finding;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.GatewayStatus;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.model.SampleEvent;
import eu.cloverwatch.model.Severity;
import eu.cloverwatch.model.SubjectConsent.Grant;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps 6 and 7 of the procedure: what leaves the region, and the words for it. */
class JudgeEgressTest {

    private static final List<String> ANY = List.of("*");

    private static SampleEvent toUs() {
        return event().to(null, "US");
    }

    private static SampleEvent throughG7() {
        return toUs().through("G-7");
    }

    private static Judgement judge(GatewayApproval approval, SampleEvent event) {
        return JudgeFixture.with().gateway(approval).judge(event);
    }

    private static void assertOnly(Judgement judgement, Rule rule, Severity severity, String message, String remedy) {
        assertThat(judgement.findings()).containsExactly(new Finding(rule, severity, message, remedy));
    }

    @Test
    void whatPassesAnApprovedGatewayIsApproved() {
        Judgement judgement = judge(JudgeFixture.approved("JP", "US"), throughG7());

        assertThat(judgement.outcome()).isEqualTo(Outcome.GATEWAY_APPROVED);
        assertThat(judgement.findings()).isEmpty();
    }

    @Test
    void noGateway() {
        assertOnly(
                JudgeFixture.with().gateway(JudgeFixture.approved("*")).judge(toUs()),
                Rule.EGRESS_WITHOUT_GATEWAY,
                Severity.HIGH,
                "VIEW_HISTORY reached US (destination) through no gateway",
                "pass through a gateway approved for US");
    }

    @Test
    void theRemedyNamesEveryCountry() {
        Judgement judgement = JudgeFixture.with().judge(event().to("tokyo-office", "US"));

        assertThat(judgement.findings().get(0).remedy()).isEqualTo("pass through a gateway approved for JP, US");
    }

    @Test
    void aGatewayWithoutApproval() {
        assertOnly(
                JudgeFixture.with().judge(toUs().through("G-404")),
                Rule.GATEWAY_UNKNOWN,
                Severity.HIGH,
                "gateway G-404 had no approval when data reached US (destination)",
                "have gateway G-404 approved for US before it is used");
    }

    @Test
    void aGatewayWhoseApprovalOfThatTimeIsNoLongerKept() {
        Judgement judgement =
                JudgeFixture.with().gateway(Lookup.beyondHistory()).judge(throughG7());

        assertThat(judgement.outcome()).isEqualTo(Outcome.UNDECIDABLE);
        assertOnly(
                judgement,
                Rule.HISTORY_EXPIRED,
                Severity.MEDIUM,
                "whether gateway G-7 was approved at the time of the event is no longer kept",
                "keep the history of approvals for as long as events are judged");
    }

    @ParameterizedTest
    @EnumSource(
            value = GatewayStatus.class,
            names = {"SUSPENDED", "REVOKED", "UNKNOWN"})
    void anApprovalThatIsNotInForce(GatewayStatus status) {
        GatewayApproval approval = JudgeFixture.approval(status, null, ANY, ANY, ANY, List.of());

        assertOnly(
                judge(approval, throughG7()),
                Rule.GATEWAY_NOT_APPROVED,
                Severity.HIGH,
                "gateway G-7 was " + status + " since 2024-01-01T00:00:00Z when data reached US (destination)",
                "have gateway G-7 approved again before it is used");
    }

    @Test
    void anApprovalThatHasExpired() {
        Instant until = SampleEvent.AT;
        GatewayApproval approval = JudgeFixture.approval(GatewayStatus.APPROVED, until, ANY, ANY, ANY, List.of());

        assertOnly(
                judge(approval, throughG7()),
                Rule.GATEWAY_NOT_APPROVED,
                Severity.HIGH,
                "approval G-7 expired 2024-06-05T09:00:00Z and data reached US (destination)",
                "renew approval G-7, which expired 2024-06-05T09:00:00Z");
        assertThat(judge(approval, throughG7().at(until.minusMillis(1))).outcome())
                .isEqualTo(Outcome.GATEWAY_APPROVED);
    }

    @Test
    void aSuspendedApprovalThatHasExpiredIsSaidToBeSuspended() {
        GatewayApproval approval =
                JudgeFixture.approval(GatewayStatus.SUSPENDED, SampleEvent.AT, ANY, ANY, ANY, List.of());

        assertThat(judge(approval, throughG7()).findings().get(0).message()).contains("SUSPENDED");
    }

    @Test
    void aScopeThatIsExceededSaysInWhat() {
        GatewayApproval approval = JudgeFixture.approval(
                GatewayStatus.APPROVED, null, List.of("JP"), List.of("NAME"), List.of("RESEARCH"), List.of());
        Judgement judgement = judge(
                approval,
                event().to("tokyo-office", "US").through("G-7").categories("EMAIL", "NAME", "EMAIL", "VIEW_HISTORY"));

        assertOnly(
                judgement,
                Rule.GATEWAY_SCOPE_EXCEEDED,
                Severity.HIGH,
                "data reached JP (site tokyo-office), US (destination), but gateway G-7 is not approved for destination US "
                        + "(destination); category EMAIL, VIEW_HISTORY; purpose SUPPORT",
                "extend approval G-7 to destination US (destination); category EMAIL, VIEW_HISTORY; purpose SUPPORT, or "
                        + "use a gateway approved for it");
    }

    /** What the approval lists (nothing if empty), and whether an export of NAME to US for SUPPORT is in its scope. */
    @ParameterizedTest
    @CsvSource({
        "US, NAME, SUPPORT, true",
        "*,  *,    *,       true",
        "JP, NAME, SUPPORT, false",
        "US, MAIL, SUPPORT, false",
        "US, NAME, TESTS,   false",
        "'', *,    *,       false",
        "*,  '',   *,       false",
        "*,  *,    '',      false",
    })
    void anEmptyListApprovesNothing(String destination, String category, String purpose, boolean covered) {
        GatewayApproval approval = JudgeFixture.approval(
                GatewayStatus.APPROVED, null, list(destination), list(category), list(purpose), List.of());

        assertThat(JudgeFixture.rules(judge(approval, throughG7().categories("NAME"))))
                .isEqualTo(covered ? List.of() : List.of(Rule.GATEWAY_SCOPE_EXCEEDED));
    }

    private static List<String> list(String value) {
        return value.isEmpty() ? List.of() : List.of(value);
    }

    @ParameterizedTest
    @CsvSource({"sha256:a, true", "sha256:b, true", "sha256:c, false", ", false"})
    void aBuildHasToBeAmongTheReviewed(@Nullable String build, boolean reviewed) {
        GatewayApproval approval =
                JudgeFixture.approval(GatewayStatus.APPROVED, null, ANY, ANY, ANY, List.of("sha256:a", "sha256:b"));
        Judgement judgement = judge(approval, toUs().through("G-7", build));

        assertThat(JudgeFixture.rules(judgement))
                .isEqualTo(reviewed ? List.of() : List.of(Rule.GATEWAY_BUILD_UNREVIEWED));
    }

    @Test
    void withoutReviewedBuildsBuildsAreNotChecked() {
        assertThat(judge(JudgeFixture.approved("*"), toUs().through("G-7", "sha256:c"))
                        .findings())
                .isEmpty();
    }

    @Test
    void aBuildThatWasNotReviewed() {
        GatewayApproval approval =
                JudgeFixture.approval(GatewayStatus.APPROVED, null, ANY, ANY, ANY, List.of("sha256:a"));

        assertOnly(
                judge(approval, toUs().through("G-7", "sha256:c")),
                Rule.GATEWAY_BUILD_UNREVIEWED,
                Severity.MEDIUM,
                "data reached US (destination) through gateway G-7 running build sha256:c, which was not reviewed",
                "run a reviewed build on gateway G-7 and name it in the event");
        assertThat(judge(approval, throughG7()).findings().get(0).message())
                .isEqualTo(
                        "data reached US (destination) through gateway G-7 running an unnamed build, which was not reviewed");
    }

    @Test
    void aDeniedDestinationDespiteAGateway() {
        assertOnly(
                judge(
                        JudgeFixture.approved("*"),
                        event().to(null, "CN").through("G-7").categories("EMAIL", "X")),
                Rule.DENIED_DESTINATION,
                Severity.CRITICAL,
                "EMAIL, X reached CN (destination), where the policy allows it through no gateway",
                "keep EMAIL, X out of CN");
        assertThat(judge(
                                JudgeFixture.approved("*"),
                                event().to(null, "CN").through("G-7").categories("X"))
                        .outcome())
                .isEqualTo(Outcome.GATEWAY_APPROVED);
    }

    @Test
    void onlyTheDeniedCountriesAreNamed() {
        Judgement judgement = judge(
                JudgeFixture.approved("*"),
                event().to("tokyo-office", "CN").through("G-7").categories("EMAIL"));

        assertThat(judgement.findings().get(0).message()).contains("reached CN (destination), where");
    }

    @Test
    void aMinorsDataLeavesThroughNoGateway() {
        assertOnly(
                judge(JudgeFixture.approved("*"), throughG7().minor(true)),
                Rule.MINOR_DATA_EGRESS,
                Severity.HIGH,
                "a minor's data reached US (destination)",
                "keep minors' data in the region");
    }

    /** Minor by the event, age band of the record; whether the subject counts as a minor. */
    @ParameterizedTest
    @CsvSource({
        "true,  ADULT,   true",
        "true,  ,        true",
        "false, MINOR,   false",
        "false, ,        false",
        ",      MINOR,   true",
        ",      ADULT,   false",
        ",      UNKNOWN, false",
        ",      ,        false",
    })
    void theEventSaysWhoIsAMinorElseTheRecordElseNobodyIs(
            @Nullable Boolean named, @Nullable AgeBand record, boolean minor) {
        JudgeFixture judge = JudgeFixture.with().gateway(JudgeFixture.approved("*"));
        if (record != null) {
            judge.resident("DE", record);
        }
        Judgement judgement = judge.judge(throughG7().minor(named));

        assertThat(JudgeFixture.rules(judgement)).isEqualTo(minor ? List.of(Rule.MINOR_DATA_EGRESS) : List.of());
        assertThat(Boolean.TRUE.equals(judgement.known().minor())).isEqualTo(minor);
    }

    @Test
    void aMinorsDataMayLeaveWhereThePolicyAllowsIt() {
        JudgeFixture judge = JudgeFixture.with()
                .policy(JudgeFixture.POLICY + "minors: {egress: allow}\n")
                .gateway(JudgeFixture.approved("*"));

        assertThat(judge.judge(throughG7().minor(true)).outcome()).isEqualTo(Outcome.GATEWAY_APPROVED);
    }

    @Test
    void aPurposeThatAsksForConsentAsksForARecordThatGrantsIt() {
        assertOnly(
                judge(JudgeFixture.approved("*"), throughG7().purpose("ADVERTISING")),
                Rule.CONSENT_MISSING,
                Severity.MEDIUM,
                "the subject has not agreed to ADVERTISING in US (destination)",
                "obtain consent to ADVERTISING in US before data is sent there");
    }

    @Test
    void aBulkAccessCannotProveConsent() {
        assertOnly(
                judge(
                        JudgeFixture.approved("*"),
                        throughG7().purpose("ADVERTISING").subject(null, "DE")),
                Rule.CONSENT_MISSING,
                Severity.MEDIUM,
                "a bulk access for ADVERTISING reached US (destination): it cannot prove consent",
                "obtain consent to ADVERTISING in US before data is sent there");
    }

    @Test
    void consentIsAskedForEveryCountryAndTheMissingOnesAreNamed() {
        Judgement judgement = JudgeFixture.with()
                .gateway(JudgeFixture.approved("*"))
                .resident("DE", AgeBand.ADULT, new Grant("ADVERTISING", true, List.of("JP")))
                .judge(event().to("tokyo-office", "US").through("G-7").purpose("ADVERTISING"));

        assertThat(judgement.findings()).hasSize(1);
        assertThat(judgement.findings().get(0).message())
                .isEqualTo("the subject has not agreed to ADVERTISING in US (destination)");
    }

    @Test
    void aGrantIsEnoughAndNoGrantIsAskedForOtherPurposes() {
        JudgeFixture judge = JudgeFixture.with()
                .gateway(JudgeFixture.approved("*"))
                .resident("DE", AgeBand.ADULT, new Grant("ADVERTISING", true, List.of()));

        assertThat(judge.judge(throughG7().purpose("ADVERTISING")).outcome()).isEqualTo(Outcome.GATEWAY_APPROVED);
        assertThat(judge(JudgeFixture.approved("*"), throughG7()).outcome()).isEqualTo(Outcome.GATEWAY_APPROVED);
    }

    @Test
    void consentNoLongerKeptIsNotTheSameAsNone() {
        Judgement judgement = JudgeFixture.with()
                .gateway(JudgeFixture.approved("*"))
                .consent(Lookup.beyondHistory())
                .judge(throughG7().purpose("ADVERTISING"));

        assertThat(judgement.outcome()).isEqualTo(Outcome.UNDECIDABLE);
        assertOnly(
                judgement,
                Rule.HISTORY_EXPIRED,
                Severity.MEDIUM,
                "the subject's consents at the time of the event are no longer kept",
                "keep the history of consents for as long as events are judged");
    }

    @Test
    void whateverIsNoLongerKeptIsSaidInOneFinding() {
        Judgement judgement = JudgeFixture.with()
                .gateway(Lookup.beyondHistory())
                .consent(Lookup.beyondHistory())
                .location(Lookup.beyondHistory())
                .judge(throughG7().employee("E-1").purpose("ADVERTISING").subject("S-1", null));

        assertThat(judgement.findings()).hasSize(1);
        assertThat(judgement.findings().get(0).message().split("; ")).hasSize(4);
        assertThat(judgement.findings().get(0).remedy().split("; ")).hasSize(4);
    }

    @Test
    void consentNeverReplacesAGateway() {
        Judgement judgement = JudgeFixture.with()
                .resident("DE", AgeBand.ADULT, new Grant("ADVERTISING", true, List.of()))
                .judge(toUs().purpose("ADVERTISING"));

        assertThat(JudgeFixture.rules(judgement)).containsExactly(Rule.EGRESS_WITHOUT_GATEWAY);
    }

    @Test
    void everyFindingIsKeptOneOfEachRuleInOrder() {
        GatewayApproval approval =
                JudgeFixture.approval(GatewayStatus.REVOKED, null, List.of("KR"), ANY, ANY, List.of("sha256:a"));
        Judgement judgement = JudgeFixture.with()
                .gateway(approval)
                .judge(event().to("tokyo-office", "CN")
                        .through("G-7")
                        .employee("E-1")
                        .categories("EMAIL")
                        .purpose("ADVERTISING")
                        .subject("S-1", null)
                        .minor(true));

        assertThat(judgement.outcome()).isEqualTo(Outcome.VIOLATION);
        assertThat(judgement.findings())
                .extracting(finding -> finding.severity() + " " + finding.rule())
                .containsExactly(
                        "CRITICAL ACTOR_LOCATION_UNKNOWN",
                        "CRITICAL CONSENT_MISSING",
                        "CRITICAL DENIED_DESTINATION",
                        "CRITICAL GATEWAY_BUILD_UNREVIEWED",
                        "CRITICAL GATEWAY_NOT_APPROVED",
                        "CRITICAL GATEWAY_SCOPE_EXCEEDED",
                        "CRITICAL MINOR_DATA_EGRESS",
                        "CRITICAL SUBJECT_COUNTRY_UNKNOWN");
    }
}
