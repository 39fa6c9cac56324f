package eu.cloverwatch.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    private static final String TOPIC = "letters";
    private static final long YEAR_2024 = 1_725_148_800_000L;

    @TempDir
    Path dir;

    @Test
    void recordsOfPastYearsOutliveARestartOnTheSameDirectory() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, dir)) {
            broker.createTopics(List.of(new NewTopic(TOPIC, 3, (short) 1)));
            produce(broker, "a", "b");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, dir)) {
            broker.createTopics(List.of(new NewTopic(TOPIC, 3, (short) 1)));
            produce(broker, "c");

            assertThat(consume(broker, 3)).containsExactlyInAnyOrder("a", "b", "c");
            assertThat(broker.fault().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aPortInUseIsNamedBeforeAnythingIsWritten() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedBroker.start(taken.getLocalPort(), dir))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageStartingWith("port " + taken.getLocalPort() + " is in use; ");
        }
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatIsAFileIsAFaultOfTheEnvironment() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "");

        assertThatThrownBy(() -> EmbeddedBroker.start(0, file))
                .isInstanceOf(EmbeddedBrokerException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aSecondBrokerOnADirectoryIsRefusedAndTheFirstGoesOn() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, dir)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(0, dir))
                    .isInstanceOf(EmbeddedBrokerException.class)
                    .hasMessageContaining(dir.toString());

            broker.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)));
            produce(broker, "a");
            assertThat(consume(broker, 1)).containsExactly("a");
        }
    }

    private static void produce(EmbeddedBroker broker, String... values) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(TOPIC, null, YEAR_2024, value, value))
                        .get();
            }
        }
    }

    private static List<String> consume(EmbeddedBroker broker, int count) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", broker.bootstrapServers(), "group.id", "test", "auto.offset.reset", "earliest");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
