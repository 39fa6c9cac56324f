package eu.cloverwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import eu.cloverwatch.demo.EmbeddedBroker;
import eu.cloverwatch.topology.TopologySettings.StoreKind;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.RecordSerdes;
import eu.cloverwatch.wire.RegistrySettings;
import eu.cloverwatch.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broadcast looks for new partitions now and then; a cluster that is away just then must not end it. */
class FactBroadcastOutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    private final AtomicInteger unanswered = new AtomicInteger();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final BroadcastFacts facts = new BroadcastFacts(TopologyHarness.HORIZON);

    @Test
    void facts_go_on_arriving_after_an_outage_in_which_nobody_said_what_partitions_there_are() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(0, dir);
        String servers = broker.bootstrapServers();
        broker.createTopics(FactBroadcast.TOPICS.stream()
                .map(topic -> new NewTopic(topic.defaultName(), 1, (short) 1))
                .toList());
        try (RecordSerde serde =
                        RecordSerdes.open(RegistrySettings.from(Map.of("schema.registry.url", "http://127.0.0.1:1")));
                FactBroadcast broadcast = new FactBroadcast(
                        consumer(servers), settings(), serde, facts, failure::complete, Duration.ofMillis(100))) {
            broadcast.caughtUp().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            broker.close();
            await().atMost(PATIENCE).until(() -> unanswered.get() > 0 || failure.isDone());

            broker = EmbeddedBroker.start(Integer.parseInt(servers.split(":")[1]), dir);
            publishTombstone(servers);
            await().atMost(PATIENCE).until(() -> facts.size() == 1 || failure.isDone());
            assertThat(failure).isNotDone();
        } finally {
            broker.close();
        }
    }

    /** With less patience than Kafka's minute, once it has begun. */
    private KafkaConsumer<byte[], byte[]> consumer(String servers) {
        Map<String, Object> config = Map.of("bootstrap.servers", servers, "enable.auto.commit", false);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()) {
            @Override
            public List<PartitionInfo> partitionsFor(String topic) {
                try {
                    return partitionsFor(topic, assignment().isEmpty() ? PATIENCE : Duration.ofMillis(500));
                } catch (TimeoutException e) {
                    unanswered.incrementAndGet();
                    throw e;
                }
            }
        };
    }

    private static TopologySettings settings() {
        return TopologyHarness.settings(Map.of(), 1, StoreKind.IN_MEMORY);
    }

    /** A fact that no registry is needed for. */
    private static void publishTombstone(String servers) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topic.GATEWAYS.defaultName(), "G-1".getBytes(StandardCharsets.UTF_8), null))
                    .get();
        }
    }
}
