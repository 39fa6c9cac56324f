package eu.cloverwatch.demo;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Sha256;
import eu.cloverwatch.v1.PolicyRevision;
import eu.cloverwatch.wire.Arrival;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class PoliciesTest {

    private final List<PolicyRevision> revisions = Policies.facts().stream()
            .map(fact -> (PolicyRevision) ((Arrival.Value) fact.payload()).record())
            .toList();

    @Test
    void comeIntoForceWhenTheGeneratorThinks() {
        assertThat(revisions)
                .extracting(PolicyRevision::getEffectiveFrom)
                .containsExactly(Policies.FIRST_IN_FORCE, Policies.SECOND_IN_FORCE);
    }

    @Test
    void carryTheHashOfTheirDocument() {
        assertThat(revisions).allMatch(r -> r.getSha256().equals(Sha256.hex(r.getDocument())));
    }

    @Test
    void agreeWithTheGeneratorOnRegionAndCategories() {
        for (PolicyRevision revision : revisions) {
            Map<?, ?> policy =
                    (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(revision.getDocument());
            assertThat(list(policy, "region")).containsExactlyInAnyOrderElementsOf(Geography.REGION);
            assertThat(list(policy, "protected_residents")).containsExactlyInAnyOrderElementsOf(Geography.REGION);
            assertThat(list(policy, "restricted_categories")).containsExactlyElementsOf(Categories.RESTRICTED);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> list(Map<?, ?> policy, String key) {
        return Objects.requireNonNull((List<String>) policy.get(key));
    }
}
