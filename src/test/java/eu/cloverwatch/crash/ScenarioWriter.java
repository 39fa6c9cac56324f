package eu.cloverwatch.crash;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.cloverwatch.v1.PolicyRevision;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.ScenarioDirectory;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Writes records as a scenario directory, each topic in the order of arrival, so that {@code check} can judge them. */
final class ScenarioWriter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Topic> TOPICS =
            List.of(Topic.EMPLOYEE_LOCATIONS, Topic.CONSENTS, Topic.GATEWAYS, Topic.ACCESS_EVENTS);

    private ScenarioWriter() {}

    static void write(List<Arrival> arrivals, Path directory) throws IOException {
        ScenarioDirectory scenario = new ScenarioDirectory(Files.createDirectories(directory));
        policies(arrivals, scenario.policyFile());
        for (Topic topic : TOPICS) {
            try (PrintWriter out =
                    new PrintWriter(Files.newBufferedWriter(scenario.file(topic), StandardCharsets.UTF_8))) {
                arrivals.stream()
                        .filter(arrival -> arrival.topic() == topic)
                        .forEach(arrival -> out.println(line(arrival)));
            }
        }
    }

    private static void policies(List<Arrival> arrivals, Path file) throws IOException {
        List<String> documents = arrivals.stream()
                .filter(arrival -> arrival.topic() == Topic.POLICIES)
                .map(arrival -> (PolicyRevision) ((Arrival.Value) arrival.payload()).record())
                .map(PolicyRevision::getDocument)
                .toList();
        Files.writeString(file, String.join("\n---\n", documents));
    }

    /** What cannot be read stays something that cannot be read. */
    private static String line(Arrival arrival) {
        Arrival.Payload payload = arrival.payload();
        if (payload instanceof Arrival.Value value) {
            return json(value.record()).toString();
        }
        ObjectNode line = JSON.createObjectNode();
        if (payload instanceof Arrival.Raw raw) {
            return line.put("unreadable", Base64.getEncoder().encodeToString(raw.bytes()))
                    .toString();
        }
        return line.put("key", arrival.key())
                .put("tombstone_at", arrival.timestamp().toString())
                .toString();
    }

    private static ObjectNode json(SpecificRecord record) {
        ObjectNode json = JSON.createObjectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            put(json, field.name(), record.get(field.pos()));
        }
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable Object value) {
        if (value == null) {
            json.putNull(name);
        } else if (value instanceof SpecificRecord record) {
            json.set(name, json(record));
        } else if (value instanceof List<?> list) {
            json.set(name, array(list));
        } else if (value instanceof Long number) {
            json.put(name, number);
        } else if (value instanceof Boolean bool) {
            json.put(name, bool);
        } else if (value instanceof Instant || value instanceof Enum<?> || value instanceof CharSequence) {
            json.put(name, value.toString());
        } else {
            throw new IllegalArgumentException(name + " is a " + value.getClass());
        }
    }

    private static ArrayNode array(List<?> list) {
        ArrayNode array = new ArrayNode(JsonNodeFactory.instance);
        for (Object element : list) {
            if (element instanceof SpecificRecord record) {
                array.add(json(record));
            } else {
                array.add(element.toString());
            }
        }
        return array;
    }
}
