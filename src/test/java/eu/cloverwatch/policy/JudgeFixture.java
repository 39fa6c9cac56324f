package eu.cloverwatch.policy;

import eu.cloverwatch.model.AgeBand;
import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.Finding;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.GatewayStatus;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.LocationSource;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.model.SampleEvent;
import eu.cloverwatch.model.SubjectConsent;
import eu.cloverwatch.model.SubjectConsent.Grant;
import eu.cloverwatch.model.SubjectId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A policy, the facts that an event is judged with, and what to say of them. */
final class JudgeFixture {

    static final Instant FACTS_FROM = Instant.parse("2024-01-01T00:00:00Z");

    static final String POLICY = """
            policy_id: test
            effective_from: 2023-03-08T00:00:00Z
            protected_residents: [DE, FR, IE]
            region: [DE, FR, IE, CH]
            sites:
              - {id: dublin-1, country: IE, enclave: [{from: 2023-09-05T00:00:00Z}]}
              - {id: us-enclave, country: US, enclave: [{from: 2023-03-08T00:00:00Z, until: 2025-01-01T00:00:00Z}]}
              - {id: singapore, country: SG, legacy_until: 2024-12-31T00:00:00Z}
              - {id: paris-office, country: FR}
              - {id: tokyo-office, country: JP}
            restricted_categories: [NAME, EMAIL]
            exempt:
              - {protection: [AGGREGATED, PUBLIC]}
              - {protection: [PSEUDONYMISED], categories: [PUBLIC_VIDEO, PRIVACY_SETTING]}
            denied:
              - {destinations: [CN], categories: restricted}
            consent_required_for: [ADVERTISING]
            """;

    private @Nullable Policy policy = PolicyDocument.parse(POLICY).policy();
    private Lookup<EmployeeLocation> location = Lookup.absent();
    private Lookup<SubjectConsent> consent = Lookup.absent();
    private Lookup<GatewayApproval> gateway = Lookup.absent();

    private JudgeFixture() {}

    static JudgeFixture with() {
        return new JudgeFixture();
    }

    JudgeFixture policy(String text) {
        policy = PolicyDocument.parse(text).policy();
        return this;
    }

    JudgeFixture noPolicy() {
        policy = null;
        return this;
    }

    JudgeFixture located(String country) {
        return location(new Lookup.Known<>(
                new EmployeeLocation("E-1", country, null, null, FACTS_FROM, FACTS_FROM, LocationSource.HR, false),
                FACTS_FROM));
    }

    JudgeFixture location(Lookup<EmployeeLocation> lookup) {
        location = lookup;
        return this;
    }

    JudgeFixture consent(Lookup<SubjectConsent> lookup) {
        consent = lookup;
        return this;
    }

    /** A record of the subject. */
    JudgeFixture resident(String country, AgeBand age, Grant... grants) {
        return consent(new Lookup.Known<>(
                new SubjectConsent(new SubjectId("S-1"), country, age, FACTS_FROM, FACTS_FROM, List.of(grants)),
                FACTS_FROM.plusSeconds(1)));
    }

    JudgeFixture gateway(Lookup<GatewayApproval> lookup) {
        gateway = lookup;
        return this;
    }

    JudgeFixture gateway(GatewayApproval approval) {
        return gateway(new Lookup.Known<>(approval, FACTS_FROM.plusSeconds(2)));
    }

    static GatewayApproval approved(String... destinations) {
        return approval(GatewayStatus.APPROVED, null, List.of(destinations), List.of("*"), List.of("*"), List.of());
    }

    static GatewayApproval approval(
            GatewayStatus status,
            @Nullable Instant validUntil,
            List<String> destinations,
            List<String> categories,
            List<String> purposes,
            List<String> builds) {
        return new GatewayApproval(
                "G-7",
                "dublin-1",
                status,
                "partner",
                FACTS_FROM,
                validUntil,
                FACTS_FROM,
                destinations,
                categories,
                purposes,
                builds);
    }

    Flow flow(SampleEvent event) {
        return Flow.of(event.build(), policy, location);
    }

    Judgement judge(SampleEvent event) {
        return flow(event).conclude(consent, gateway);
    }

    static List<Rule> rules(Judgement judgement) {
        return judgement.findings().stream().map(Finding::rule).toList();
    }

    /** The finding of one rule; fails if there is none. */
    static Finding finding(Judgement judgement, Rule rule) {
        return judgement.findings().stream()
                .filter(finding -> finding.rule() == rule)
                .findFirst()
                .orElseThrow(() -> new AssertionError(rule + " is not among "
                        + Arrays.toString(judgement.findings().toArray())));
    }
}
