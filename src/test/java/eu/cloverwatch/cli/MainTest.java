package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** How the program ends where a command throws what no command should. */
class MainTest {

    @Command(name = "fail")
    private record Failing(Runnable deed) implements Runnable {
        @Override
        public void run() {
            deed.run();
        }
    }

    @Test
    void outOfMemoryIsTheEnvironmentsAndSaysHowToGiveMore() {
        StringWriter err = new StringWriter();

        int code = run(MainTest::fillTheHeap, err);

        assertThat(code).isEqualTo(3);
        assertThat(err.toString()).startsWith("cloverwatch: out of memory;").contains("JAVA_OPTS=-Xmx", "MiB");
        assertThat(err.toString().lines()).hasSize(2);
    }

    @Test
    void outOfMemoryIsSeenBehindWhatItWasTakenFor() {
        StringWriter err = new StringWriter();

        int code = run(
                () -> {
                    try {
                        fillTheHeap();
                    } catch (OutOfMemoryError e) {
                        throw new UserError("no policy", new IllegalStateException(e));
                    }
                },
                err);

        assertThat(code).isEqualTo(3);
        assertThat(err.toString()).contains("out of memory").doesNotContain("no policy");
    }

    @Test
    void anyOtherErrorIsABugAndNotADifference() {
        StringWriter err = new StringWriter();

        int code = run(() -> deeper(0), err);

        assertThat(code).isEqualTo(4);
        assertThat(err.toString()).startsWith("cloverwatch: a bug of ours").contains("StackOverflowError");
    }

    private static int run(Runnable deed, StringWriter err) {
        CommandLine commandLine =
                Main.commandLine().addSubcommand("fail", new Failing(deed)).setErr(new PrintWriter(err));
        return Main.execute(commandLine, "fail");
    }

    private static void fillTheHeap() {
        List<long[]> all = new ArrayList<>();
        while (true) {
            all.add(new long[Integer.MAX_VALUE]);
        }
    }

    @SuppressWarnings("InfiniteRecursion") // as wanted
    private static int deeper(int depth) {
        return deeper(depth + 1) + 1;
    }
}
