package eu.cloverwatch.bench;

import eu.cloverwatch.audit.replay.ReplaySource;
import eu.cloverwatch.audit.replay.TopicReader;
import eu.cloverwatch.wire.Topic;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The measure of a replay: reads the same records as it with the same threads, decodes each, and throws it away. */
final class BareReading {

    private final ReplaySource source;
    private final TopicReader reader;

    BareReading(ReplaySource source) {
        this.source = source;
        this.reader = new TopicReader(source);
    }

    /** Reads these topics to their ends, one after the other. */
    Stages read(List<Topic> topics) {
        Stages stages = new Stages();
        for (Topic topic : topics) {
            List<TopicReader.Range> ranges = reader.whole(topic);
            stages.stage(
                    topic.shortName(),
                    ranges.stream().mapToLong(TopicReader.Range::length).sum());
            reader.read(ranges, range -> new Decoder(topic), stages::done);
        }
        stages.end();
        return stages;
    }

    private final class Decoder implements TopicReader.Sink {

        private final String name;
        private final Schema schema;

        Decoder(Topic topic) {
            this.name = source.name(topic);
            this.schema = topic.schema().orElseThrow();
        }

        @Override
        public void accept(ConsumerRecord<byte[], byte[]> record) {
            source.serde().deserialize(name, record.value(), schema);
        }
    }
}
