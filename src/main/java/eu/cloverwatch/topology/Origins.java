package eu.cloverwatch.topology;

import eu.cloverwatch.model.Origin;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Where the record at hand was read. */
final class Origins {

    private Origins() {}

    static Origin of(ProcessingContext context, Record<?, ?> record) {
        RecordMetadata metadata = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record that was read has an origin"));
        return new Origin(
                metadata.topic(), metadata.partition(), metadata.offset(), Instant.ofEpochMilli(record.timestamp()));
    }

    static eu.cloverwatch.internal.v1.Origin toAvro(Origin origin) {
        return new eu.cloverwatch.internal.v1.Origin(
                origin.topic(),
                origin.partition(),
                origin.offset(),
                origin.timestamp().toEpochMilli());
    }

    static Origin toModel(eu.cloverwatch.internal.v1.Origin avro) {
        return new Origin(
                avro.getTopic(), avro.getPartition(), avro.getOffset(), Instant.ofEpochMilli(avro.getTimestamp()));
    }
}
