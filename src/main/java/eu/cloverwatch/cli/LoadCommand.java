package eu.cloverwatch.cli;

import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.Loader;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.ScenarioDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Publishes a scenario directory to the topics of a cluster, interleaved by time.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LoadCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "The scenario directory.")
    private Path directory;

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The configuration, .properties.")
    private Path config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Configuration configuration = Configuration.load(config, System.getenv(), Map.of());
        ScenarioDirectory scenario = Scenarios.open(directory);
        List<PolicyDocument> policies = Scenarios.policies(scenario.policyFile());
        try (RecordSerde serde = ConfiguredSerde.open(configuration);
                Loader loader = new Loader(configuration, serde);
                Progress progress = new Progress("Publishing", -1)) {
            ScenarioPublisher feed =
                    new ScenarioPublisher(loader, spec.commandLine().getErr(), progress::to);
            feed.policies(policies);
            scenario.forEachInterleaved(feed::line);
            loader.flush();
            spec.commandLine().getErr().println(feed.summary());
        }
        return ExitCode.FINE.code();
    }
}
