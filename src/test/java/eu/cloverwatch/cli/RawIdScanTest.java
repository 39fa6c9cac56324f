package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import eu.cloverwatch.cli.Program.Ended;
import eu.cloverwatch.console.StatusServer;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.LoopbackCluster;
import eu.cloverwatch.runtime.Monitor;
import eu.cloverwatch.runtime.MonitorMetrics;
import eu.cloverwatch.runtime.Quiescence;
import eu.cloverwatch.topology.StateStores;
import eu.cloverwatch.v1.AgeBand;
import eu.cloverwatch.v1.SubjectConsent;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole run, broken records and late facts included, with ids that nothing else looks like: none of them is in anything that
 * leaves, and all of that is looked at.
 */
@Timeout(300)
class RawIdScanTest {

    private static final String NAME = "scanned";
    private static final Path CASE = Path.of("src/test/resources/cases/generated-seed-7");
    private static final Set<Topic> INPUTS = Set.of(Topic.ACCESS_EVENTS, Topic.CONSENTS);

    /** Everything that was said or written, by where. */
    private static final Map<String, String> SAID = new TreeMap<>();

    @TempDir
    static Path dir;

    private static LoopbackCluster cluster;
    private static Deployment deployment;
    private static List<String> log;

    @BeforeAll
    static void runEverything() throws Exception {
        assumeTrue(Files.isDirectory(CASE), "the cases are not here");
        try (CapturedLog captured = new CapturedLog()) {
            cluster = LoopbackCluster.start(dir);
            deployment = cluster.deploy(NAME)
                    .with("cloverwatch.ledger.epoch-records", "100")
                    .with("cloverwatch.lookback", "P3650D")
                    .with("cloverwatch.history.horizon", "P3650D");
            Path scenario = scenario();
            command("check", "check", scenario.toString());
            command("check --outcomes", "check", scenario.toString(), "--outcomes");
            configured("load", deployment, "load", scenario.toString());
            publishBroken();
            monitor();
            investigate();
            log = captured.lines();
        }
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            deployment.close();
            cluster.close();
        }
    }

    @Test
    void theScanFindsAnIdInAnyForm() {
        String id = RawIds.of("1");
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        for (String before : List.of("", "a", "ab", "abc")) {
            byte[] within = (before + id + "z").getBytes(StandardCharsets.UTF_8);
            assertThat(RawIds.occurIn(Base64.getEncoder().encode(within))).isTrue();
            assertThat(RawIds.occurIn(Base64.getUrlEncoder().encode(within))).isTrue();
        }
        assertThat(RawIds.occurIn("/people/" + id)).isTrue();
        assertThat(RawIds.occurIn(HexFormat.of().withUpperCase().formatHex(bytes)))
                .isTrue();
        assertThat(RawIds.occurIn(id.getBytes(StandardCharsets.UTF_16LE))).isTrue();
        assertThat(RawIds.occurIn("k1:" + Base64.getUrlEncoder().encodeToString(new byte[32])))
                .isFalse();
    }

    @Test
    void theTopicsThatGoInHoldIdsAndTheScanSeesThem() {
        for (Topic topic : INPUTS) {
            assertThat(hits(deployment.topic(topic), true)).as(topic.name()).isPositive();
        }
        // What was refused is there as it came.
        assertThat(hits(deployment.topic(Topic.REJECTS), true)).isPositive();
    }

    @Test
    void noTopicThatGoesOutHoldsAnId() {
        for (Topic topic :
                List.of(Topic.VIOLATIONS, Topic.FINDINGS_OCSF, Topic.INCIDENTS, Topic.INCIDENTS_OCSF, Topic.LEDGER)) {
            assertThat(deployment.records(topic)).as(topic.name()).isNotEmpty();
            assertThat(hits(deployment.topic(topic), true)).as(topic.name()).isZero();
        }
        assertThat(deployment.violations().stream()
                        .map(violation -> String.valueOf(violation.getCause()))
                        .anyMatch(cause -> cause.startsWith("consents/k1:")))
                .as("among them one that a consent has led to")
                .isTrue();
    }

    @Test
    void noHeaderOfARejectHoldsAnId() {
        assertThat(deployment.rejects()).hasSizeGreaterThan(8);
        assertThat(hits(deployment.topic(Topic.REJECTS), false)).isZero();
    }

    @Test
    void noLineOfTheLogHoldsAnId() {
        assertThat(log)
                .anyMatch(line -> line.contains("eu.cloverwatch.runtime.Monitor"))
                .anyMatch(line -> line.contains("org.apache.kafka.streams"));
        assertThat(log.stream().filter(RawIds::occurIn)).isEmpty();
    }

    @Test
    void noCommandNorReportNorMetricSaysAnId() {
        assertThat(SAID)
                .containsKeys(
                        "check out",
                        "load err",
                        "replay report.html",
                        "replay report.pdf",
                        "replay report.pdf text",
                        "replay summary.json",
                        "replay violations.ndjson",
                        "replay violations.csv",
                        "known-at changes.ndjson",
                        "verify err",
                        "verify nothing out",
                        "rejects list out",
                        "violations",
                        "/metrics",
                        "/health");
        assertThat(SAID.get("replay report.pdf text")).contains("violations were found");
        assertThat(SAID.get("verify nothing out")).contains("MISSING", "event ");
        assertThat(SAID.get("load err")).contains("published as it is, no record");
        SAID.forEach((where, text) -> assertThat(RawIds.occurIn(text)).as(where).isFalse());
    }

    /** Kafka Streams' own topics are not for anybody's eyes, and the pages say so; those of incidents have pseudonyms only. */
    @Test
    void internalTopicsHoldIdsAndAreFoundByTheApplicationsName() throws Exception {
        Set<String> holding = new TreeSet<>();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            for (String topic : admin.listTopics().names().get()) {
                if (topic.startsWith(NAME + "-") && hits(topic, true) > 0) {
                    holding.add(topic.substring(NAME.length() + 1));
                }
            }
        }
        assertThat(holding)
                .contains("consents-changelog", "recent-candidates-changelog", "persons-by-subject-repartition")
                .noneMatch(topic -> topic.contains("incident") || topic.contains("violations"));
    }

    private static Path scenario() throws IOException {
        Path scenario = Files.createDirectory(dir.resolve("scenario"));
        RawIds.copy(CASE, scenario);
        String id = RawIds.of("broken");
        append(
                scenario.resolve("access-events.ndjson"),
                "{\"event_id\": \"cut-off\", \"subject\": {\"id\": \"" + id,
                "{\"event_id\": \"" + id + "\"}",
                "\"" + id + "\"",
                event("occurred_at", "\"" + id + "\""),
                event("operation", "\"" + id + "\""),
                event("subject", "{\"id\": \"" + id + "\", \"country\": \"" + id + "\"}"),
                event("subject", "{\"id\": \"" + id + "\", \"country\": \"DE\", \"count\": -1}"),
                event("categories", "[]"));
        append(
                scenario.resolve("consents.ndjson"),
                "{\"subject_id\": \"" + id + "\", \"residence_country\": \"" + id + "\"}",
                "{\"key\": \"" + id + "\", \"tombstone_at\": \"" + id + "\"}");
        return scenario;
    }

    /** An event of its own id, with this field as it should not be. */
    private static String event(String field, String json) {
        Map<String, String> fields = new TreeMap<>(Map.of(
                "event_id", "\"broken-" + field + json.length() + "\"",
                "occurred_at", "\"2024-10-05T00:00:00Z\"",
                "service", "\"s\"",
                "operation", "\"READ\"",
                "actor", "{\"type\": \"SERVICE\", \"id\": \"svc-broken\"}",
                "subject", "{\"id\": \"" + RawIds.of("broken") + "\", \"country\": \"DE\"}",
                "categories", "[\"EMAIL\"]",
                "protection", "\"RAW\"",
                "origin_site", "\"dublin-1\"",
                "purpose", "\"SUPPORT\""));
        fields.put("record_count", "1");
        fields.put("byte_count", "1");
        fields.put("destination", "{\"country\": \"US\"}");
        fields.put(field, json);
        StringBuilder line = new StringBuilder();
        fields.forEach((name, value) -> line.append(line.length() == 0 ? "{" : ", ")
                .append('"')
                .append(name)
                .append("\": ")
                .append(value));
        return line.append('}').toString();
    }

    private static void append(Path file, String... lines) throws IOException {
        Files.write(file, List.of(lines), StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    /** What no scenario can have: records in every partition, so also in wrong ones, under keys that are not theirs. */
    private static void publishBroken() throws Exception {
        ConsumerRecord<byte[], byte[]> consent = deployment.records(Topic.CONSENTS).stream()
                .filter(record -> record.value() != null && record.value()[0] == 0)
                .findFirst()
                .orElseThrow();
        byte[] key = RawIds.of("other").getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int partition = 0; partition < 4; partition++) {
                producer.send(new ProducerRecord<>(consent.topic(), partition, consent.key(), consent.value()));
                producer.send(new ProducerRecord<>(consent.topic(), partition, key, consent.value()));
                producer.send(new ProducerRecord<>(
                        deployment.topic(Topic.EMPLOYEE_LOCATIONS), partition, key, consent.value()));
                producer.send(new ProducerRecord<>(deployment.topic(Topic.GATEWAYS), partition, key, consent.value()));
                producer.send(
                        new ProducerRecord<>(deployment.topic(Topic.ACCESS_EVENTS), partition, key, consent.value()));
            }
            producer.flush();
        }
    }

    private static void monitor() throws Exception {
        try (Quiescence quiescence = new Quiescence(deployment.configuration("quiescence"), StateStores.WORK);
                Monitor monitor = deployment.monitor("a");
                MonitorMetrics metrics = new MonitorMetrics(monitor);
                StatusServer http = StatusServer.start("127.0.0.1", 0, monitor::health, metrics::scrape)) {
            awaitQuiet(quiescence);
            deployment.publish(corrections());
            awaitQuiet(quiescence);
            assertThat(monitor.ended()).isNotDone();
            for (String path : List.of("/metrics", "/health", "/health/live")) {
                SAID.put(path, get(http.address() + path));
            }
        }
    }

    private static void awaitQuiet(Quiescence quiescence) {
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> quiescence.isQuiet()
                        && !deployment.records(Topic.INCIDENTS_OCSF).isEmpty()
                        && !deployment.records(Topic.LEDGER).isEmpty());
    }

    /** Late ones, of everybody: all turn out to be minors. */
    private static List<Arrival> corrections() {
        Instant recordedAt = Instant.parse("2026-01-01T00:00:00Z");
        List<Arrival> corrections = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : deployment.records(Topic.CONSENTS)) {
            if (record.value() != null && record.value().length > 0 && record.value()[0] == 0) {
                SubjectConsent consent = (SubjectConsent)
                        deployment.serde().deserialize(record.topic(), record.value(), SubjectConsent.getClassSchema());
                consent.setAgeBand(AgeBand.MINOR);
                consent.setRecordedAt(recordedAt);
                corrections.add(
                        new Arrival(Topic.CONSENTS, consent.getSubjectId(), new Arrival.Value(consent), recordedAt));
            }
        }
        return corrections;
    }

    private static String get(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address)).build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .body();
    }

    private static void investigate() throws Exception {
        StringWriter lines = new StringWriter();
        ViolationPrinter printer = new ViolationPrinter(new PrintWriter(lines), false);
        deployment.violations().forEach(printer::print);
        SAID.put("violations", lines.toString());
        report("replay");
        report("known-at", "--known-at", "2024-10-20T00:00:00Z");
        ranged("verify", deployment.settings("operator"), "verify");
        Map<String, String> empty = new HashMap<>(deployment.settings("operator"));
        try (Deployment other = cluster.deploy("nothing")) {
            empty.put("cloverwatch.topic.violations", other.topic(Topic.VIOLATIONS));
            ranged("verify nothing", empty, "verify");
            ranged("verify nothing json", empty, "verify", "--json");
        }
        configured("rejects list", deployment, "rejects", "list");
        configured("rejects list json", deployment, "rejects", "list", "--json", "--requeued");
        configured("rejects requeue", deployment, "rejects", "requeue", "--from", "2000-01-01T00:00:00Z", "--dry-run");
    }

    private static void report(String name, String... more) throws IOException {
        Path out = dir.resolve("report-" + name);
        List<String> arguments = new ArrayList<>(List.of("replay", "--out", out.toString()));
        arguments.addAll(List.of(more));
        ranged(name, deployment.settings("operator"), arguments.toArray(String[]::new));
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.toList()) {
                SAID.put(name + " " + file.getFileName(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        try (PDDocument pdf = Loader.loadPDF(out.resolve("report.pdf").toFile())) {
            SAID.put(name + " report.pdf text", new PDFTextStripper().getText(pdf));
        }
    }

    private static void ranged(String name, Map<String, String> settings, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--from", "2000-01-01T00:00:00Z", "--to", "2100-01-01T00:00:00Z"));
        all.addAll(List.of("--config", Program.config(dir, settings)));
        command(name, all.toArray(String[]::new));
    }

    private static void configured(String name, Deployment of, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", Program.config(dir, of.settings("operator"))));
        command(name, all.toArray(String[]::new));
    }

    private static void command(String name, String... arguments) {
        Ended ended = Program.run(arguments);
        assertThat(ended.code()).as(name + ": " + ended.err()).isLessThan(2);
        SAID.put(name + " out", String.join("\n", ended.out()));
        SAID.put(name + " err", ended.err());
    }

    /** Number of records of a topic that hold an id, in a header or, if asked for, in key or value. */
    private static long hits(String topic, boolean keysAndValues) {
        long hits = 0;
        Map<String, Object> config = Map.of("bootstrap.servers", cluster.bootstrapServers());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    hits += isHit(record, keysAndValues) ? 1 : 0;
                }
            }
        }
        return hits;
    }

    private static boolean isHit(ConsumerRecord<byte[], byte[]> record, boolean keysAndValues) {
        for (Header header : record.headers()) {
            if (RawIds.occurIn(header.key()) || (header.value() != null && RawIds.occurIn(header.value()))) {
                return true;
            }
        }
        return keysAndValues
                && Stream.of(record.key(), record.value())
                        .filter(Objects::nonNull)
                        .anyMatch(RawIds::occurIn);
    }
}
