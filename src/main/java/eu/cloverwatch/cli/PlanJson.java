package eu.cloverwatch.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.cloverwatch.runtime.topics.Difference;
import eu.cloverwatch.runtime.topics.Plan;
import eu.cloverwatch.runtime.topics.TopicPlan;
import java.util.Locale;
import org.apache.kafka.common.acl.AclBinding;

/** A plan as one JSON object. */
final class PlanJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PlanJson() {}

    static String of(Plan plan, boolean done) {
        ObjectNode node = JSON.objectNode().put("applied", done).put("nothing_to_do", plan.isNothingToDo());
        ArrayNode topics = node.putArray("topics");
        plan.topics().forEach(topic -> topics.add(topic(topic)));
        ObjectNode acls = node.putObject("acls")
                .put("state", plan.acls().state().name().toLowerCase(Locale.ROOT))
                .put("present", plan.acls().present());
        ArrayNode missing = acls.putArray("missing");
        plan.acls().missing().forEach(binding -> missing.add(binding(binding)));
        ArrayNode warnings = node.putArray("warnings");
        plan.warnings().forEach(warnings::add);
        return node.toString();
    }

    private static ObjectNode topic(TopicPlan topic) {
        ObjectNode node = JSON.objectNode().put("name", topic.spec().name()).put("exists", topic.exists());
        if (!topic.exists()) {
            ObjectNode create = node.putObject("create")
                    .put("partitions", topic.spec().partitions())
                    .put("replication_factor", topic.spec().replicas());
            ObjectNode settings = create.putObject("settings");
            topic.spec().settings().forEach(settings::put);
        }
        ArrayNode differences = node.putArray("differences");
        topic.differences().forEach(difference -> differences.add(difference(difference)));
        return node;
    }

    private static ObjectNode difference(Difference difference) {
        return JSON.objectNode()
                .put("setting", difference.setting())
                .put("is", difference.is())
                .put("should", difference.should())
                .put("applied", difference.isApplied())
                .put("reason", difference.reason())
                .put("command", difference.command());
    }

    private static ObjectNode binding(AclBinding binding) {
        return JSON.objectNode()
                .put("principal", binding.entry().principal())
                .put("operation", binding.entry().operation().name())
                .put("resource_type", binding.pattern().resourceType().name())
                .put("resource", binding.pattern().name())
                .put("pattern", binding.pattern().patternType().name());
    }
}
