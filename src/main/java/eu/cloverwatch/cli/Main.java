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

    /** Whole, as there may be no memory to put them together. */
    private static final String OUT_OF_MEMORY =
            "cloverwatch: out of memory; give it more with JAVA_OPTS=-Xmx and a size, as -Xmx8g";

    private static final String BUG = "cloverwatch: a bug of ours; please report this:";

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
        int code = ExitCode.BUG.code();
        try {
            code = execute(commandLine(), args);
        } catch (Throwable e) {
            // Not even that could be told. Left to the JVM, the code would be 1: a difference was found.
            code = ExitCode.of(e).code();
            System.err.println(ExitCode.outOfMemory(e) == null ? BUG : OUT_OF_MEMORY);
        } finally {
            System.out.flush();
            System.exit(code);
        }
    }

    /** The same as picocli's, which lets errors pass. */
    static int execute(CommandLine commandLine, String... args) {
        try {
            return commandLine.execute(args);
        } catch (Throwable e) {
            return report(e, commandLine.getErr()).code();
        }
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

    private static ExitCode report(Throwable e, PrintWriter err) {
        ExitCode code = ExitCode.of(e);
        OutOfMemoryError memory = ExitCode.outOfMemory(e);
        if (memory != null) {
            err.println(OUT_OF_MEMORY);
            err.println("cloverwatch: " + memory.getMessage() + "; the heap may grow to "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MiB now");
        } else if (code == ExitCode.BUG) {
            err.println(BUG);
            e.printStackTrace(err);
        } else {
            err.println("cloverwatch: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        }
        err.flush();
        return code;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "expected a command");
    }
}
