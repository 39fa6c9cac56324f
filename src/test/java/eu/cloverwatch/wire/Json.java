package eu.cloverwatch.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Lines of scenario files for tests, with single quotes for the double ones. */
final class Json {

    private static final JsonMapper MAPPER = new JsonMapper();

    static final String EVENT = """
            {'event_id': 'e-1', 'occurred_at': '2024-06-05T09:00:00Z', 'service': 'profile-api', 'operation': 'READ', \
            'actor': {'type': 'EMPLOYEE', 'id': 'E-1'}, 'subject': {'id': 'S-1', 'country': 'DE'}, \
            'categories': ['EMAIL'], 'protection': 'RAW', 'record_count': 1, 'byte_count': 512, \
            'origin_site': 'dublin-1', 'destination': {}, 'purpose': 'SUPPORT'}""".replace('\'', '"');

    static final String LOCATION = """
            {'employee_id': 'E-1', 'country': 'FR', 'effective_from': '2024-01-01T00:00:00Z', \
            'recorded_at': '2024-01-02T00:00:00Z', 'source': 'HR'}""".replace('\'', '"');

    private Json() {}

    static ObjectNode object(String json) {
        try {
            return (ObjectNode) MAPPER.readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The object with other values at these places: {@code "subject.count=2"}; without a value: left out. */
    static ObjectNode changed(String json, String... changes) {
        ObjectNode root = object(json);
        for (String change : changes) {
            String[] parts = change.split("=", 2);
            String[] path = parts[0].split("\\.");
            ObjectNode parent = root;
            for (int i = 0; i < path.length - 1; i++) {
                parent = (ObjectNode) parent.get(path[i]);
            }
            if (parts.length == 1) {
                parent.remove(path[path.length - 1]);
            } else {
                parent.set(
                        path[path.length - 1], object("{'x': " + parts[1] + "}").get("x"));
            }
        }
        return root;
    }
}
