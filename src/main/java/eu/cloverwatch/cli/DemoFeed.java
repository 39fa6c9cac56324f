package eu.cloverwatch.cli;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.runtime.Loader;
import eu.cloverwatch.wire.FinalVerdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** What {@code demo} feeds its monitor, and what it says of the result. */
interface DemoFeed {

    /** Waits until the monitor is done with everything that was published. */
    @FunctionalInterface
    interface Pause {
        void awaitQuiet() throws InterruptedException;
    }

    /** Publishes everything that may be there before the monitor starts, and returns once it is safe. */
    void publishAll(Loader loader, LongConsumer progress) throws IOException;

    /** Publishes what the monitor should know before it starts. */
    void publishFirst(Loader loader) throws IOException;

    /**
     * Publishes access events until this many are, and what comes between them.
     *
     * @return whether there are more
     */
    boolean publishUpTo(Loader loader, Pause pause, long events) throws InterruptedException;

    /** Number of records that {@link #publishAll} publishes; -1 if that is not known. */
    long size();

    /** Number of access events published so far. */
    long events();

    /** Prints a summary. */
    ExitCode report(PrintWriter out, Map<Outcome, Long> outcomes, List<FinalVerdict> verdicts);

    /** One line: each outcome that there is, with its number. */
    static String line(Map<Outcome, Long> outcomes) {
        StringBuilder line = new StringBuilder();
        outcomes.forEach((outcome, count) -> {
            if (count > 0) {
                line.append(line.length() == 0 ? "" : ", ")
                        .append(count)
                        .append(' ')
                        .append(outcome);
            }
        });
        return line.toString();
    }
}
