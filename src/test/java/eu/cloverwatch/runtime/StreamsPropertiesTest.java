package eu.cloverwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/** Whose word counts: the user's, with or without a client's prefix, before ours. */
class StreamsPropertiesTest {

    private static StreamsConfig with(String... settings) {
        Map<String, String> flags = new HashMap<>(Map.of("kafka.bootstrap.servers", "localhost:9092"));
        for (int i = 0; i < settings.length; i += 2) {
            flags.put(settings[i], settings[i + 1]);
        }
        return StreamsProperties.of(Configuration.load(null, Map.of(), flags));
    }

    @Test
    void oursCountWhereTheUserSaysNothing() {
        assertThat(with().getProducerConfigs("c"))
                .containsEntry("compression.type", "lz4")
                .containsEntry("max.request.size", 8 << 20)
                .containsEntry("transaction.timeout.ms", 10_000);
    }

    @Test
    void internalTopicsTakeEveryTimestamp() {
        assertThat(with().originalsWithPrefix(StreamsConfig.TOPIC_PREFIX))
                .containsEntry("message.timestamp.before.max.ms", Long.MAX_VALUE)
                .containsEntry("message.timestamp.after.max.ms", Long.MAX_VALUE);
    }

    @Test
    void aKeyOfKafkaCountsForEveryClientOfStreams() {
        StreamsConfig config = with("kafka.compression.type", "zstd", "kafka.max.poll.records", "100");

        assertThat(config.getProducerConfigs("c")).containsEntry("compression.type", "zstd");
        assertThat(config.getMainConsumerConfigs("g", "c", 0)).containsEntry("max.poll.records", "100");
    }

    @Test
    void aKeyOfStreamsCountsForItsClientBeforeThoseOfKafka() {
        StreamsConfig config = with("kafka.compression.type", "zstd", "streams.producer.compression.type", "gzip");

        assertThat(config.getProducerConfigs("c")).containsEntry("compression.type", "gzip");
    }
}
