package eu.cloverwatch.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Schemas as the registry's API writes them. */
final class RegistrySchemas {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RegistrySchemas() {}

    /** One version of a subject, as the registry answers it. */
    interface Versions {
        JsonNode get(String subject, int version);
    }

    /**
     * The body that registers a schema, or asks about it: the schema of the contract, without the Java types that the code
     * generator adds, so that a producer with the contract's file is given the same id.
     */
    static ObjectNode request(Schema schema) {
        return JsonNodeFactory.instance.objectNode().put("schema", withoutJavaTypes(schema));
    }

    private static String withoutJavaTypes(Schema schema) {
        try {
            JsonNode json = JSON.readTree(schema.toString());
            json.findParents(GenericData.STRING_PROP)
                    .forEach(type -> ((ObjectNode) type).remove(GenericData.STRING_PROP));
            return new Schema.Parser().parse(json.toString()).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema is not JSON: " + schema.getFullName(), e);
        }
    }

    /**
     * The Avro schema of an answer, with the schemas that it refers to.
     *
     * @param what how messages call it
     * @throws UnreadableRecordException if it is none
     */
    static Schema parsed(String what, JsonNode answer, Versions versions) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UnreadableRecordException(what + ": expected an Avro schema, came " + type);
        }
        try {
            // Defaults are the writer's business: they play no part in reading its records.
            Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
            addReferences(parser, answer, versions, new HashSet<>());
            return parser.parse(answer.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw new UnreadableRecordException(what + ": expected an Avro schema, came something else", e);
        }
    }

    private static void addReferences(Schema.Parser parser, JsonNode answer, Versions versions, Set<String> seen) {
        for (JsonNode reference : answer.path("references")) {
            if (seen.add(reference.path("name").asText())) {
                JsonNode version = versions.get(
                        reference.path("subject").asText(),
                        reference.path("version").asInt());
                addReferences(parser, version, versions, seen);
                parser.parse(version.path("schema").asText());
            }
        }
    }
}
