package eu.cloverwatch.runtime.topics;

import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.ConfigurationException;
import eu.cloverwatch.runtime.EnvironmentException;
import java.util.List;

/** Makes of a plan what can be made without harm: what is missing, and settings by which no record is lost. */
public final class PlanExecution {

    private PlanExecution() {}

    /**
     * Topics first, and when it returns they take records. Done again, it does nothing. Without an authorizer there are no
     * permissions to make.
     *
     * @throws ConfigurationException if there are fewer brokers than a topic is to have replicas
     * @throws EnvironmentException if the cluster fails or refuses
     */
    public static void execute(Plan plan, Configuration configuration, TopicsAdmin admin) {
        List<TopicSpec> missing = plan.topics().stream()
                .filter(topic -> !topic.exists())
                .map(TopicPlan::spec)
                .toList();
        if (!missing.isEmpty()) {
            Plan.tooFewBrokers(configuration, admin).ifPresent(problem -> {
                throw new ConfigurationException(problem + "; nothing was done");
            });
            admin.create(missing);
        }
        plan.topics().stream()
                .filter(topic -> !topic.applied().isEmpty())
                .forEach(topic -> admin.alter(topic.spec().name(), topic.applied()));
        if (!plan.acls().missing().isEmpty()) {
            admin.create(plan.acls().missing());
        }
    }
}
