package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.LoopbackCluster;
import eu.cloverwatch.runtime.SampleRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The finished jar as a service: started, told to end, killed. */
class RunIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern ADDRESS = Pattern.compile("health and metrics at (http://\\S+)");

    @TempDir
    static Path dir;

    private static LoopbackCluster cluster;

    @BeforeAll
    static void startCluster() throws IOException {
        cluster = LoopbackCluster.start(dir);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @Test
    void told_to_end_it_finishes_and_leaves_the_group_within_half_a_minute() throws Exception {
        try (Deployment deployment = cluster.deploy("terminated")) {
            deployment.publish(SampleRecords.policy(), SampleRecords.leaking("a"));
            try (Service service = start(deployment)) {
                await().atMost(PATIENCE)
                        .until(() -> deployment.violatingEvents().size() == 1);

                assertThat(service.endsWhenTold()).isTrue();
                // 143 is 128 + SIGTERM, as a JVM ends that a signal ended.
                assertThat(service.process().exitValue()).isEqualTo(143);
                assertThat(service.output())
                        .contains("monitor is NOT_RUNNING")
                        .doesNotContain("ERROR")
                        .doesNotContain("Exception")
                        .doesNotContain(SampleRecords.subjectOf("a"));
            }
        }
    }

    @Test
    void killed_in_the_middle_and_started_again_it_loses_nothing_and_finds_nothing_twice() throws Exception {
        try (Deployment deployment = cluster.deploy("killed")) {
            // The group waits for the session of who was killed, and its transaction is aborted.
            deployment.with("streams.consumer.session.timeout.ms", "6000");
            deployment.with("streams.consumer.heartbeat.interval.ms", "2000");
            deployment.publish(SampleRecords.policy());
            try (Service service = start(deployment)) {
                leak(deployment, "before", 500);
                await().atMost(PATIENCE)
                        .until(() -> !deployment.violatingEvents().isEmpty());
                service.process().destroyForcibly().waitFor();
            }
            leak(deployment, "between", 50);
            try (Service service = start(deployment)) {
                leak(deployment, "after", 50);
                await().atMost(PATIENCE)
                        .until(() -> deployment.violatingEvents().size() >= 600);
                assertThat(service.endsWhenTold()).isTrue();
            }
            assertThat(deployment.violatingEvents()).hasSize(600).doesNotHaveDuplicates();
        }
    }

    private static void leak(Deployment deployment, String name, int count) {
        deployment.publish(IntStream.range(0, count)
                .mapToObj(i -> SampleRecords.leaking(name + "-" + i))
                .toList());
    }

    /** Returns when it is up. */
    private static Service start(Deployment deployment) throws IOException {
        deployment.with("cloverwatch.http.port", "0");
        Path config = Files.write(
                dir.resolve("run.properties"),
                deployment.settings("a").entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
        Path log = Files.createTempFile(dir, "run", ".log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        "target/cloverwatch.jar",
                        "run",
                        "--config",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Service service = new Service(process, log);
        try {
            await().atMost(PATIENCE).until(service::isUp);
            return service;
        } catch (RuntimeException | Error e) {
            service.close();
            throw e;
        }
    }

    /** A monitor in a process of its own; what is left of it is killed. */
    private record Service(Process process, Path log) implements AutoCloseable {

        boolean isUp() throws IOException, InterruptedException {
            assertThat(process.isAlive()).as(output()).isTrue();
            Matcher address = ADDRESS.matcher(output());
            if (!address.find()) {
                return false;
            }
            HttpRequest health = HttpRequest.newBuilder(URI.create(address.group(1) + "/health"))
                    .build();
            return HttpClient.newHttpClient()
                            .send(health, BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        }

        /** Whether it ends within the half minute that Kubernetes gives it. */
        boolean endsWhenTold() throws InterruptedException {
            process.destroy();
            return process.waitFor(30, TimeUnit.SECONDS);
        }

        String output() {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
