package eu.cloverwatch.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "rejects",
        mixinStandardHelpOptions = true,
        description = "Lists what the monitor refused, writes it to files for repair, and submits it again.",
        subcommands = {RejectsListCommand.class, RejectsExportCommand.class, RejectsRequeueCommand.class})
final class RejectsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected what to do: list, export or requeue");
    }
}
