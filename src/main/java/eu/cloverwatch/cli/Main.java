package eu.cloverwatch.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program: finds the command, and turns what it throws into a message and an exit code. */
@Command(
        name = "cloverwatch",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Verifies that Europeans' data leaves the region only through approved security gateways.",
        subcommands = {
            CheckCommand.class,
            DemoCommand.class,
            RunCommand.class,
            LoadCommand.class,
            ImportCommand.class,
            PolicyCommand.class,
            ReplayCommand.class,
            VerifyCommand.class,
            TopicsCommand.class,
            TailCommand.class,
            RejectsCommand.class
        })
public final class Main implements Runnable {

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"cloverwatch " + version()};
        }
    }

    /** From the jar's manifest; "unknown" where there is no jar. */
    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] args) {
        quiet(args);
        int code = commandLine().execute(args);
        System.out.flush();
        System.exit(code);
    }

    /**
     * Before anything logs: the demo's own broker, and clients that read to an end, have nothing to tell a user; what fails is
     * thrown.
     */
    private static void quiet(String[] args) {
        if (args.length > 0 && !args[0].equals("run")) {
            putIfAbsent("cloverwatch.log.kafka", "ERROR");
            putIfAbsent("cloverwatch.log", "WARN");
        }
    }

    private static void putIfAbsent(String property, String value) {
        System.getProperties().putIfAbsent(property, value);
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler((e, command, parsed) -> Shutdown.isUnderway()
                ? ExitCode.FINE.code()
                : report(e, command.getErr()).code());
        return commandLine;
    }

    private static ExitCode report(Exception e, PrintWriter err) {
        ExitCode code = ExitCode.of(e);
        if (code == ExitCode.BUG) {
            err.println("cloverwatch: a bug of ours; please report this:");
            e.printStackTrace(err);
        } else {
            err.println("cloverwatch: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        }
        return code;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "expected a command");
    }
}
