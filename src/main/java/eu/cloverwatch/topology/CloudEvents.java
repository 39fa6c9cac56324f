package eu.cloverwatch.topology;

import eu.cloverwatch.v1.Violation;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** CloudEvents 1.0 attributes as headers (Kafka protocol binding, binary mode). */
final class CloudEvents {

    private CloudEvents() {}

    static Headers of(Violation violation, String applicationId) {
        Headers headers = new RecordHeaders();
        add(headers, "content-type", "application/vnd.apache.avro+binary");
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", violation.getViolationId() + "/" + violation.getRevision());
        add(headers, "ce_source", source(applicationId));
        add(headers, "ce_type", "eu.cloverwatch.violation.v1");
        add(headers, "ce_subject", violation.getViolationId());
        add(headers, "ce_time", violation.getOccurredAt().toString());
        return headers;
    }

    /** Of this application's records, within an organisation. */
    static String source(String applicationId) {
        return "urn:cloverwatch:" + applicationId;
    }

    /** Of a record that is JSON and no event of the contract's own. */
    static Headers json() {
        Headers headers = new RecordHeaders();
        add(headers, "content-type", "application/json");
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
