package eu.cloverwatch.runtime;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The properties of Kafka Streams: ours, unless the user's {@code kafka.} and {@code streams.} keys say otherwise. */
final class StreamsProperties {

    /** The largest record that passes: an event of Kafka's default maximum, and what is added to it. */
    static final int MAX_RECORD_BYTES = 8 << 20;

    /**
     * What an instance that was killed had under way holds back the results of all others for so long: they read committed
     * records only. When the registry is away for longer in the middle of a transaction, work is done again.
     */
    private static final int TRANSACTION_TIMEOUT_MS = 10_000;

    private StreamsProperties() {}

    /** @throws ConfigurationException if Kafka Streams cannot do with the {@code kafka.} and {@code streams.} keys */
    static StreamsConfig of(Configuration configuration) {
        try {
            return new StreamsConfig(properties(configuration));
        } catch (ConfigException | IllegalArgumentException e) {
            throw new ConfigurationException("kafka.*, streams.*: Kafka Streams refuses them: " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> properties(Configuration configuration) {
        Map<String, Object> properties = new HashMap<>();
        throughput(properties);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksDbMemory.class);
        properties.put(SharedRocksDbMemory.BYTES, configuration.rocksDbMemory());
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_RECORD_BYTES);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MS);
        properties.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), MAX_RECORD_BYTES);
        // Internal topics carry the least and the greatest time there is, whatever the brokers' own limits are.
        properties.put(StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG), Long.MAX_VALUE);
        properties.put(StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG), Long.MAX_VALUE);
        // A key with a prefix would win over the user's without one.
        configuration.kafka().keySet().forEach(key -> {
            properties.remove(StreamsConfig.producerPrefix(key));
            properties.remove(StreamsConfig.consumerPrefix(key));
        });
        properties.putAll(configuration.kafka());
        properties.putAll(configuration.streams());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, configuration.applicationId());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, configuration.requireBootstrapServers());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, configuration.stateDir().toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        return properties;
    }

    /** Measured; see docs/performance.md. */
    private static void throughput(Map<String, Object> properties) {
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 131_072);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 5_000);
        properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 10_000);
    }
}
