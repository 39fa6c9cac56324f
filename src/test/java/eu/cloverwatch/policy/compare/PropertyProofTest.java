package eu.cloverwatch.policy.compare;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Protection;
import eu.cloverwatch.model.SubjectConsent;
import eu.cloverwatch.policy.NeverRow;
import eu.cloverwatch.policy.Policy;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.policy.Site;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyProofTest {

    private static final int EVENTS = 2_000;

    private static final String POLICY = """
            policy_id: test
            effective_from: 2023-03-08T00:00:00Z
            protected_residents: [DE, FR]
            region: [DE, FR]
            sites:
              - {id: dublin-1, country: IE, enclave: [{from: 2023-09-05T00:00:00Z}]}
              - {id: shanghai, country: CN}
            restricted_categories: [NAME, EMAIL]
            exempt:
              - {protection: [PUBLIC]}
              - {protection: [PSEUDONYMISED], categories: [PUBLIC_VIDEO]}
            denied:
              - {destinations: [CN], categories: restricted}
            consent_required_for: [ADVERTISING]
            minors: {egress: deny}
            """;

    private static PropertyProof prove(String policy, String property) {
        return PropertyProof.of(PolicyDocument.parse(policy + "never: [{" + property + "}]\n")
                        .policy())
                .get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "destinations: [CN], categories: restricted                       | true",
                "destinations: [CN], categories: [NAME]                           | true",
                "destinations: [CN, US], categories: restricted                   | false",
                "destinations: [CN], categories: any                              | false",
                "destinations: [CN], categories: restricted, protection: [RAW, PSEUDONYMISED] | true",
                "destinations: [CN], categories: restricted, protection: [PUBLIC] | false",
                "destinations: [US], categories: any, minors: only                | true",
                "destinations: [US], categories: any                              | false",
                "destinations: [US], categories: any, without: [gateway]          | true",
                "destinations: [DE], categories: any, without: [gateway]          | false",
                "destinations: [US], categories: any, purposes: [ADVERTISING], without: [consent] | true",
                "destinations: [US], categories: any, purposes: [RESEARCH], without: [consent]    | false",
                "destinations: [CN], categories: restricted, residents: [DE, FR]  | true",
                "destinations: [CN], categories: restricted, residents: [PL]      | false",
            })
    void aPropertyHoldsOrNot(String property, boolean holds) {
        PropertyProof proof = prove(POLICY, property);

        assertThat(proof.holds()).isEqualTo(holds);
        assertThat(proof.situations()).isPositive();
    }

    @Test
    void aRowThatIsRemovedBreaksThePropertyAndTheCounterexampleShowsIt() {
        String policy = POLICY.replace("denied:\n  - {destinations: [CN], categories: restricted}\n", "");
        PropertyProof proof = prove(policy, "destinations: [CN], categories: restricted");

        assertThat(policy).isNotEqualTo(POLICY);
        Situation counterexample = proof.counterexample().orElseThrow();
        assertThat(counterexample
                        .judgedBy(PolicyDocument.parse(policy).policy())
                        .outcome())
                .isEqualTo(Outcome.GATEWAY_APPROVED);
        assertThat(counterexample.event().categories()).containsAnyOf("NAME", "EMAIL");
        assertThat(counterexample.toString()).contains("through an approved gateway");
    }

    @Test
    void anEnclaveInTheCountryIsNoWayOut() {
        String policy = POLICY.replace("country: CN}", "country: CN, enclave: [{from: 2024-01-01T00:00:00Z}]}");

        Situation counterexample = prove(policy, "destinations: [CN], categories: restricted")
                .counterexample()
                .orElseThrow();

        assertThat(counterexample.event().destination().site()).isEqualTo("shanghai");
        assertThat(counterexample.event().occurredAt()).isEqualTo("2024-01-01T00:00:00Z");
    }

    @Test
    void aResidentNoLongerProtectedIsFoundOnlyWhereResidentsAreNamed() {
        String policy = POLICY.replace("protected_residents: [DE, FR]", "protected_residents: [DE]");

        assertThat(prove(policy, "destinations: [CN], categories: restricted").holds())
                .isTrue();
        assertThat(prove(policy, "destinations: [CN], categories: restricted, residents: [DE, FR]")
                        .counterexample()
                        .orElseThrow()
                        .judgedBy(PolicyDocument.parse(policy).policy())
                        .outcome())
                .isEqualTo(Outcome.OUT_OF_SCOPE);
    }

    @Test
    void aPolicyThatClaimsNothingHasNothingToProve() {
        assertThat(PropertyProof.of(PolicyDocument.parse(POLICY).policy())).isEmpty();
    }

    /** Events not made from what is walked: what is proved holds of them, and only what does is proved. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whatIsProvedHoldsOfAnyEvent(long seed) {
        Random random = new Random(seed);
        Policy policy = new RandomPolicy(random).claiming();
        PropertyProof proof = PropertyProof.of(policy).get(0);
        proof.counterexample()
                .ifPresent(situation -> assertThat(situation.judgedBy(policy).outcome())
                        .isNotIn(Outcome.VIOLATION, Outcome.UNDECIDABLE));
        if (!proof.holds()) {
            return;
        }
        for (int i = 0; i < EVENTS; i++) {
            RandomEvent event = RandomEvent.of(random);
            if (speaksOf(proof.property(), policy, event)) {
                assertThat(event.judgedBy(policy).outcome())
                        .as("seed %d, event %d: %s", seed, i, event)
                        .isIn(Outcome.VIOLATION, Outcome.UNDECIDABLE);
            }
        }
    }

    /** Without {@code without}: what a gateway is approved for is a question of the whole event. */
    private static boolean speaksOf(NeverRow property, Policy policy, RandomEvent random) {
        AccessEvent event = random.event();
        String residence = random.residence();
        boolean ofResidents = residence == null
                ? property.residents().isEmpty()
                : property.residents().map(all -> all.contains(residence)).orElse(policy.protects(residence));
        boolean hasGateway = event.gateway() != null;
        boolean hasConsent = random.consent() instanceof Lookup.Known<SubjectConsent>;
        return ofResidents
                && recipients(policy, random).stream().anyMatch(property.destinations()::contains)
                && property.categories().containsAnyOf(event.categories())
                && (property.protection().contains(event.protection())
                        || (event.protection() == Protection.UNKNOWN
                                && property.protection().contains(Protection.RAW)))
                && property.purposes().contains(event.purpose())
                && (!property.minorsOnly() || random.minor())
                && (!property.withoutGateway() || !hasGateway)
                && (!property.withoutConsent() || !hasConsent);
    }

    private static Set<String> recipients(Policy policy, RandomEvent random) {
        Set<String> recipients = new LinkedHashSet<>();
        AccessEvent.Destination destination = random.event().destination();
        Optional.ofNullable(destination.site())
                .flatMap(policy::site)
                .map(Site::country)
                .ifPresent(recipients::add);
        if (destination.country() != null) {
            recipients.add(Objects.requireNonNull(destination.country()));
        }
        if (random.event().actor().isPerson() && random.location() instanceof Lookup.Known<EmployeeLocation> known) {
            recipients.add(known.value().country());
        }
        return recipients;
    }
}
