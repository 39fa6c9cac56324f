package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are not ours read, through its registry, what a demo that runs has published: as much as it says it has found. */
@Tag("interop")
@Timeout(300)
class ForeignClientsTest {

    private static final String[] WORLD = {"--events", "1000", "--seed", "7", "--port", "0", "--broker-port", "0"};
    private static final Pattern ADDRESSES = Pattern.compile("Kafka at (\\S+), schema registry at (\\S+),");
    private static final String TOPIC = "cloverwatch.violations.v1";

    @TempDir
    static Path dir;

    private static Process demo;
    private static String bootstrap;
    private static String registry;
    private static int found;

    @BeforeAll
    static void runTheDemo() throws IOException, InterruptedException {
        Path once = dir.resolve("once");
        Process judging = start(once, program("demo", "--once", "--json"));
        assertThat(judging.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(judging.exitValue()).isZero();
        found = (int) lines(once).stream().filter(line -> line.startsWith("{")).count();
        assertThat(found).isPositive();

        Path log = dir.resolve("demo");
        demo = start(log, program("demo"));
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> !demo.isAlive() || lines(log).stream().anyMatch(line -> line.startsWith("That was all")));
        Matcher addresses = ADDRESSES.matcher(String.join("\n", lines(log)));
        assertThat(addresses.find()).as(String.join("\n", lines(log))).isTrue();
        bootstrap = addresses.group(1);
        registry = addresses.group(2);
    }

    @AfterAll
    static void endTheDemo() {
        if (demo != null) {
            demo.destroyForcibly();
        }
    }

    /** Confluent's deserializer, configured as its documentation says, in a group that subscribes. */
    @Test
    void confluentsDeserializerReadsAllViolations() {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", bootstrap,
                "group.id", "cloverwatch.partner",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed",
                "key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer",
                "value.deserializer", "io.confluent.kafka.serializers.KafkaAvroDeserializer",
                "schema.registry.url", registry);
        Map<String, GenericRecord> latest = new HashMap<>();
        try (KafkaConsumer<String, Object> consumer = new KafkaConsumer<>(properties)) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                    .map(info -> new TopicPartition(TOPIC, info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.subscribe(List.of(TOPIC));
            Set<TopicPartition> done = new HashSet<>();
            await().atMost(Duration.ofSeconds(60))
                    .pollInSameThread()
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                            GenericRecord violation = (GenericRecord) record.value();
                            assertThat(violation.get("violation_id")).hasToString(record.key());
                            latest.merge(record.key(), violation, (a, b) -> revision(a) > revision(b) ? a : b);
                        });
                        consumer.assignment().stream()
                                .filter(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L))
                                .forEach(done::add);
                        return done.size() == ends.size();
                    });
        }
        assertThat(latest.values().stream()
                        .filter(violation -> !violation.get("status").toString().equals("WITHDRAWN")))
                .hasSize(found)
                .allSatisfy(violation ->
                        assertThat(violation.get("findings").toString()).contains("\"rule\""));
    }

    private static int revision(GenericRecord violation) {
        return (int) violation.get("revision");
    }

    /** Confluent's client for Python, on librdkafka. */
    @Test
    void pythonReadsAllViolations() throws Exception {
        assumeTrue(
                run("/usr/bin/python3", "-c", "import confluent_kafka.avro").code() == 0,
                "python3-confluent-kafka and python3-avro of Debian are not here");
        assertReadsAll("/usr/bin/python3", "examples/violations.py", bootstrap, registry);
    }

    /** A client in JavaScript that shares no code with the others; npm finds it from the directory of the script. */
    @Test
    void nodeReadsAllViolations() throws Exception {
        Path project = Files.createDirectory(dir.resolve("node"));
        Files.copy(Path.of("examples/violations.mjs"), project.resolve("violations.mjs"));
        Ended installed = run(
                "npm",
                "install",
                "--no-audit",
                "--no-fund",
                "--prefix",
                project.toString(),
                "@platformatic/kafka@1.35.0",
                "avsc@5.7.9");
        assumeTrue(installed.code() == 0, "no npm, or no registry of packages");
        assertReadsAll("node", project.resolve("violations.mjs").toString(), bootstrap, registry);
    }

    private static void assertReadsAll(String... command) throws Exception {
        Ended ended = run(command);
        assertThat(ended.code()).as(String.join("\n", ended.lines())).isZero();
        assertThat(ended.lines()).last().isEqualTo(found + " violations stand");
    }

    private record Ended(int code, List<String> lines) {}

    private static Ended run(String... command) throws Exception {
        Path log = Files.createTempFile(dir, "client", ".log");
        Process process;
        try {
            process = start(log, List.of(command));
        } catch (IOException e) {
            return new Ended(-1, List.of(String.valueOf(e.getMessage())));
        }
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return new Ended(process.exitValue(), lines(log));
    }

    private static List<String> program(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "eu.cloverwatch.cli.Main"));
        Stream.of(arguments).forEach(command::add);
        command.addAll(List.of(WORLD));
        return command;
    }

    private static Process start(Path log, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private static List<String> lines(Path log) {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
