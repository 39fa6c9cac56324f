package eu.cloverwatch.cli;

import eu.cloverwatch.policy.compare.PolicyComparison;
import eu.cloverwatch.policy.compare.TooManySituationsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the classes of events that two policies judge differently: by outcome, rules or severity.",
            "Exit code 0 if they judge everything alike, 1 if not. FILE#2 is the second document of a file."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PolicyDiffCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "A", description = "A policy.")
    private String before;

    @Parameters(index = "1", paramLabel = "B", description = "The policy to compare it with.")
    private String after;

    @Option(names = "--all", description = "Also list what only adds other findings to a change that is listed.")
    private boolean all;

    @Option(names = "--json", description = "Print all classes as one JSON object.")
    private boolean json;

    @Option(
            names = "--example",
            paramLabel = "DIR",
            description = "Write an event of each class as a scenario directory for check; DIR must be new or empty.")
    private @Nullable Path examples;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PolicyFile first = PolicyFile.open(before);
        PolicyFile second = PolicyFile.open(after);
        PrintWriter out = spec.commandLine().getOut();
        PolicyComparison comparison = compare(first, second);
        PolicyDifferences differences = new PolicyDifferences(first.document(), second.document(), comparison);
        if (json) {
            out.println(differences.toJson());
        } else {
            differences.print(out, all);
        }
        out.flush();
        if (examples != null) {
            ExampleScenarios.write(examples, first.document(), second.document(), comparison.classes());
            spec.commandLine()
                    .getErr()
                    .println("examples by number are in " + examples + ": cloverwatch check " + examples
                            + "/1 judges one by A, with --policy by B");
        }
        return (comparison.isSame() ? ExitCode.FINE : ExitCode.DIFFERENT).code();
    }

    static PolicyComparison compare(PolicyFile first, PolicyFile second) {
        try {
            return PolicyComparison.of(
                    first.document().policy(), second.document().policy());
        } catch (TooManySituationsException e) {
            throw new UserError(first.name() + ", " + second.name() + ": " + e.getMessage(), e);
        }
    }
}
