package eu.cloverwatch.audit.cloudtrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.cloverwatch.policy.Policy;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.policy.Site;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ScenarioPolicyTest {

    static final String POLICY = """
            policy_id: test    # kept
            sites:   # where data lies
              # Source: a press release
              - {id: dublin-1, country: IE, enclave: [{from: 2023-09-05T00:00:00Z}]}
              - id: "aws:eu-west-1"
                country: IE
            restricted_categories: [NAME]
            """;

    @Test
    void each_region_becomes_a_site_in_its_country_and_all_else_stays() {
        String extended = ScenarioPolicy.withRegions(POLICY, regions("us-east-1", "eu-north-1"));

        assertThat(sites(extended))
                .extracting(site -> site.get("id") + " " + site.get("country"))
                .containsExactly("aws:eu-north-1 SE", "aws:us-east-1 US", "dublin-1 IE", "aws:eu-west-1 IE");
        assertThat(extended.lines()).containsAll(POLICY.lines().toList());
    }

    @Test
    void the_default_policy_with_every_region_is_a_policy() throws Exception {
        Set<String> all = Regions.countries().keySet();
        String extended = ScenarioPolicy.withRegions(ScenarioPolicy.defaultDocument(), new TreeSet<>(all));
        Policy policy = PolicyDocument.parse(extended).policy();

        assertThat(all)
                .allSatisfy(
                        region -> assertThat(policy.site(Regions.siteOf(region)).map(Site::country))
                                .isEqualTo(Regions.countryOf(region)));
    }

    @Test
    void a_region_that_is_a_site_already_or_lies_nowhere_known_is_left_out() {
        assertThat(ScenarioPolicy.withRegions(POLICY, regions("eu-west-1", "eu-west-99")))
                .isEqualTo(POLICY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sites:\n- {id: a, country: IE}\n",
                "sites:\n    - {id: a, country: IE}\nminors: {egress: deny}\n"
            })
    void any_indentation_of_the_list_is_kept(String policy) {
        assertThat(sites(ScenarioPolicy.withRegions(policy, regions("us-east-1"))))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sites: [{id: a, country: IE}]", "policy_id: x", ""})
    void a_policy_that_cannot_be_extended_is_refused(String policy) {
        assertThatThrownBy(() -> ScenarioPolicy.withRegions(policy, regions("us-east-1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> sites(String policy) {
        Map<String, Object> document =
                (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(policy);
        return (List<Map<String, Object>>) Objects.requireNonNull(document.get("sites"));
    }

    private static TreeSet<String> regions(String... regions) {
        return new TreeSet<>(List.of(regions));
    }
}
