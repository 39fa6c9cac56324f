package eu.cloverwatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.demo.Demo;
import eu.cloverwatch.demo.World;
import eu.cloverwatch.runtime.Loader;
import eu.cloverwatch.wire.Topic;
import eu.cloverwatch.wire.ocsf.OcsfSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a whole demo publishes for a SOC is valid, each record of it, and there is one for each violation. */
@Timeout(300)
class DemoFindingsTest {

    private static final int EVENTS = 20_000;

    @Test
    void everyFindingOfADemoIsValidAndThereIsOneForEachRevision() throws InterruptedException {
        WorldFeed feed = new WorldFeed(World.generate(7, EVENTS), 7);
        try (Demo demo = Demo.start(0, 0)) {
            try (Loader loader = demo.loader()) {
                feed.publishAll(loader, published -> {});
            }
            demo.startMonitor();
            demo.awaitJudged(feed.events(), judged -> {});

            List<String> violations = keys(read(demo, Topic.VIOLATIONS));
            List<ConsumerRecord<byte[], byte[]>> findings = read(demo, Topic.FINDINGS_OCSF);
            assertThat(keys(findings)).hasSizeGreaterThan(EVENTS / 100).containsExactlyInAnyOrderElementsOf(violations);
            areValid(OcsfSchema.DATA_SECURITY_FINDING, findings);

            List<String> incidents = keys(read(demo, Topic.INCIDENTS));
            List<ConsumerRecord<byte[], byte[]>> incidentFindings = read(demo, Topic.INCIDENTS_OCSF);
            assertThat(keys(incidentFindings)).isNotEmpty().containsExactlyInAnyOrderElementsOf(incidents);
            areValid(OcsfSchema.INCIDENT_FINDING, incidentFindings);
        }
    }

    private static void areValid(OcsfSchema schema, List<ConsumerRecord<byte[], byte[]>> records) {
        records.forEach(record -> assertThat(schema.problems(record.value()))
                .as(new String(record.key(), UTF_8))
                .isEmpty());
    }

    private static List<String> keys(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(record -> new String(record.key(), UTF_8)).toList();
    }

    /** All that is committed. */
    private static List<ConsumerRecord<byte[], byte[]>> read(Demo demo, Topic topic) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", demo.bootstrapServers());
        properties.put("isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.defaultName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
