package eu.cloverwatch.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM of its own. What it says is in its log, which is continued when it is started again.
 *
 * @param said length of the log before it was started
 */
record JavaProcess(Process process, Path log, long said) implements AutoCloseable {

    private static final int TAIL = 4_000;

    /** @param arguments of {@code java}, after options that keep it small and quick to start */
    static JavaProcess start(Path log, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(arguments);
        try {
            long said = Files.exists(log) ? Files.size(log) : 0;
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .start();
            // Whoever ends the test in its middle leaves nothing running.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new JavaProcess(process, log, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has said since it was started. */
    String output() {
        try {
            byte[] bytes = Files.readAllBytes(log);
            return new String(bytes, (int) said, bytes.length - (int) said, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails, with the end of its log, if it has ended though nobody killed it. */
    void mustBeAlive() {
        if (!process.isAlive()) {
            String output = output();
            assertThat(process.isAlive())
                    .as(
                            "%s ended by itself with %s, and said: %s",
                            log, process.exitValue(), output.substring(Math.max(0, output.length() - TAIL)))
                    .isTrue();
        }
    }

    /** SIGSTOP, or SIGCONT. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGKILL; returns when it is gone. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGTERM; returns when it is gone. */
    void stop() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
