package eu.cloverwatch.runtime.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.ConfigurationException;
import eu.cloverwatch.runtime.Role;
import java.util.Map;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is given what; that it is enough, and no more, is held by AclMatrixTest and RolesAtWorkTest. */
class RoleGrantsTest {

    private static RoleGrants grants(Map<String, String> settings) {
        return new RoleGrants(Configuration.load(null, Map.of(), settings));
    }

    @Test
    void names_of_certificates_with_commas_and_blanks_are_one_principal_each() {
        Configuration configuration = Configuration.load(
                null, Map.of(), Map.of("cloverwatch.acl.soc", "User:CN=soc one, O=Example AG ; User:siem"));

        assertThat(configuration.principals(Role.SOC)).containsExactly("User:CN=soc one, O=Example AG", "User:siem");
        assertThat(configuration.principals(Role.PARTNER)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"User:*", "alice", "User:", "User:a;", "User:a;;User:b", ";", "User:a;User:*", ":a"})
    void what_is_no_principal_or_everybody_is_refused(String principals) {
        assertThatThrownBy(() -> Configuration.load(null, Map.of(), Map.of("cloverwatch.acl.soc", principals)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("cloverwatch.acl.soc", "User:alice", "';'");
    }

    @Test
    void permissions_follow_the_names_of_topics_and_application() {
        RoleGrants grants = grants(Map.of(
                "cloverwatch.application.id", "watch",
                "cloverwatch.topics.prefix", "eu.",
                "cloverwatch.topic.ledger", "the-ledger",
                "cloverwatch.acl.monitor", "User:m"));

        assertThat(grants.groupPrefix(Role.PARTNER)).isEqualTo("eu.partner");
        assertThat(grants.bindings())
                .allMatch(binding -> binding.entry().principal().equals("User:m"))
                .extracting(AclBinding::pattern)
                .anyMatch(pattern -> pattern.name().equals("the-ledger"))
                .anyMatch(pattern -> pattern.name().equals("eu.consents.v1"))
                .anyMatch(pattern -> pattern.resourceType() == ResourceType.GROUP
                        && pattern.name().equals("watch")
                        && pattern.patternType() == PatternType.LITERAL)
                .anyMatch(pattern -> pattern.resourceType() == ResourceType.TRANSACTIONAL_ID
                        && pattern.name().equals("watch-")
                        && pattern.patternType() == PatternType.PREFIXED);
    }

    @Test
    void only_the_monitor_may_make_or_delete_anything() {
        RoleGrants grants = grants(Map.of());
        for (Role role : Role.values()) {
            assertThat(grants.of(role))
                    .as(role.configurationName())
                    .allMatch(grant -> grant.operation() == AclOperation.READ
                            || grant.operation() == AclOperation.WRITE
                            || (role == Role.MONITOR && grant.resource().name().equals("cloverwatch-")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "watch, watch-",
        "cloverwatch.partner, cloverwatch.",
        "soc-monitor, ''",
    })
    void names_by_which_one_would_get_what_is_another_s_are_refused(String applicationId, String prefix) {
        assertThatThrownBy(() -> grants(
                        Map.of("cloverwatch.application.id", applicationId, "cloverwatch.topics.prefix", prefix)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("cloverwatch.application.id", applicationId);
    }
}
