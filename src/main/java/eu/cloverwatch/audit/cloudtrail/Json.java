package eu.cloverwatch.audit.cloudtrail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Arrays;
import java.util.Optional;

/** How this package reads JSON. */
final class Json {

    /** Errors must not quote the source: it is full of personal data. */
    static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build());

    /** What CloudTrail writes in place of a value that it keeps back. */
    private static final String HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS";

    private Json() {}

    /** The text of a JSON string; empty if it is anything else, has no characters, or is kept back by CloudTrail. */
    static Optional<String> text(JsonNode node) {
        return Optional.ofNullable(node.textValue()).filter(text -> !text.isEmpty() && !text.equals(HIDDEN));
    }

    /** The node at a path of field names joined by dots; missing if there is none. */
    static JsonNode at(JsonNode root, String path) {
        return Arrays.stream(path.split("\\.", -1)).reduce(root, JsonNode::path, (a, b) -> MissingNode.getInstance());
    }
}
