package eu.cloverwatch.cli;

import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.ScenarioDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The program as a user runs it, in this process. */
final class Program {

    private Program() {}

    /** How it ended, and what it said. */
    record Ended(int code, List<String> out, String err) {}

    static Ended run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                Main.execute(Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)), arguments);
        return new Ended(code, out.toString().lines().toList(), err.toString());
    }

    /** Writes a configuration file into the directory. */
    static String config(Path dir, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        settings.forEach(properties::setProperty);
        Path config = Files.createTempFile(dir, "cloverwatch", ".properties");
        try (var out = Files.newBufferedWriter(config)) {
            properties.store(out, null);
        }
        return config.toString();
    }

    /** Publishes a scenario directory as load does. */
    static void publish(Path directory, Deployment deployment) throws IOException {
        ScenarioDirectory scenario = new ScenarioDirectory(directory);
        List<PolicyDocument> policies = Scenarios.policies(scenario.policyFile());
        List<Arrival> arrivals = new ArrayList<>(Scenarios.revisions(policies, "test"));
        scenario.forEachInterleaved(line -> arrivals.add(line.arrival()));
        deployment.publish(arrivals);
    }
}
