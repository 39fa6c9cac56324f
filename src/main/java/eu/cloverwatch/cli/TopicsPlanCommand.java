package eu.cloverwatch.cli;

import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.topics.Plan;
import eu.cloverwatch.runtime.topics.TopicsAdmin;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how the cluster's topics and permissions differ from what they should be, and what `apply` would do about it.",
            "Changes nothing."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TopicsPlanCommand implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The configuration, .properties.")
    private Path config;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Configuration configuration = Configuration.load(config, System.getenv(), Map.of());
        try (TopicsAdmin admin = new TopicsAdmin(configuration)) {
            new PlanPrinter(spec, json).print(Plan.of(configuration, admin), false);
        }
        return ExitCode.FINE.code();
    }
}
