package eu.cloverwatch.cli;

import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.EnvironmentException;
import eu.cloverwatch.runtime.topics.AclPlan;
import eu.cloverwatch.runtime.topics.Plan;
import eu.cloverwatch.runtime.topics.PlanExecution;
import eu.cloverwatch.runtime.topics.TopicsAdmin;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the topics and permissions that are missing, and changes settings where no record can be lost by it.",
            "Deletes nothing, moves no key, and takes no permission away: that is shown, with the command that would do it."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TopicsApplyCommand implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The configuration, .properties.")
    private Path config;

    @Option(names = "--dry-run", description = "Do as `plan`.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Configuration configuration = Configuration.load(config, System.getenv(), Map.of());
        try (TopicsAdmin admin = new TopicsAdmin(configuration)) {
            Plan plan = Plan.of(configuration, admin);
            if (!dryRun) {
                PlanExecution.execute(plan, configuration, admin);
            }
            new PlanPrinter(spec, json).print(plan, !dryRun);
            if (!dryRun && plan.acls().state() == AclPlan.State.NO_AUTHORIZER) {
                throw new EnvironmentException("cloverwatch.acl.* is set, and the cluster at "
                        + configuration.requireBootstrapServers() + " has no authorizer; the topics are as planned");
            }
        }
        return ExitCode.FINE.code();
    }
}
