package eu.cloverwatch.runtime.topics;

import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.ConfigurationException;
import eu.cloverwatch.runtime.EnvironmentException;
import eu.cloverwatch.runtime.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.acl.AclBinding;

/**
 * What there is in a cluster, compared with what should be. Making it changes nothing.
 *
 * @param topics one for each of the contract, in its order
 * @param warnings of what does not fit, and no {@code apply} would change
 */
public record Plan(List<TopicPlan> topics, AclPlan acls, List<String> warnings) {

    /**
     * @throws ConfigurationException if a setting is wrong
     * @throws EnvironmentException if the cluster does not answer, or refuses to say
     */
    public static Plan of(Configuration configuration, TopicsAdmin admin) {
        List<TopicSpec> specs = TopicSpec.all(configuration);
        Map<String, ExistingTopic> existing =
                admin.topics(specs.stream().map(TopicSpec::name).toList());
        List<TopicPlan> topics =
                specs.stream().map(spec -> plan(spec, existing, admin)).toList();
        AclPlan acls = acls(configuration, admin);
        List<String> warnings = new ArrayList<>();
        if (topics.stream().anyMatch(topic -> !topic.exists())) {
            tooFewBrokers(configuration, admin).ifPresent(warnings::add);
        }
        warnings.addAll(acls.warnings());
        return new Plan(topics, acls, List.copyOf(warnings));
    }

    private static TopicPlan plan(TopicSpec spec, Map<String, ExistingTopic> existing, TopicsAdmin admin) {
        ExistingTopic topic = existing.get(spec.name());
        return topic == null
                ? new TopicPlan(spec, false, List.of())
                : new TopicPlan(spec, true, new TopicComparison(spec, topic, admin.bootstrapServers()).differences());
    }

    private static AclPlan acls(Configuration configuration, TopicsAdmin admin) {
        if (Arrays.stream(Role.values())
                .allMatch(role -> configuration.principals(role).isEmpty())) {
            return AclPlan.notAsked();
        }
        RoleGrants grants = new RoleGrants(configuration);
        return admin.acls()
                .map(there -> new AclComparison(grants, there).plan())
                .orElseGet(AclPlan::noAuthorizer);
    }

    static Optional<String> tooFewBrokers(Configuration configuration, TopicsAdmin admin) {
        int replicas = configuration.topics().replicas();
        int brokers = admin.brokers();
        return brokers >= replicas
                ? Optional.empty()
                : Optional.of("cloverwatch.topics.replication.factor is " + replicas + ", but " + brokers
                        + (brokers == 1 ? " broker is" : " brokers are") + " there: topics cannot be made");
    }

    /** Whether {@code apply} would change nothing. */
    public boolean isNothingToDo() {
        return acls.missing().isEmpty()
                && topics.stream()
                        .allMatch(topic -> topic.exists() && topic.applied().isEmpty());
    }

    /** For people: {@code User:x READ TOPIC cloverwatch.violations.v1}. */
    public static String text(AclBinding binding) {
        return AclComparison.text(binding);
    }
}
