package eu.cloverwatch.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Confluent's registry API, without HTTP: a request's parts in, what will be JSON out. */
final class RegistryApi {

    private final SchemaSubjects subjects = new SchemaSubjects();

    /**
     * A request.
     *
     * @param path the segments below the registry's root, decoded
     * @param query the names and values of the query, decoded
     * @param body missing if there is none
     */
    record Request(String method, List<String> path, Map<String, String> query, JsonNode body) {

        private String segment(int index) {
            return index < path.size() ? path.get(index) : "";
        }

        private boolean isSet(String flag) {
            return "true".equals(query.get(flag));
        }

        private void expect(String expected) {
            if (!method.equals(expected)) {
                throw RegistryFault.notAllowed();
            }
        }
    }

    /**
     * @throws RegistryFault as the API has it
     */
    Object answer(Request request) {
        return switch (request.segment(0)) {
            case "" -> Map.of();
            case "subjects" -> subjects(request);
            case "schemas" -> schemas(request);
            case "config" -> config(request);
            case "compatibility" -> compatibility(request);
            case "mode" -> Map.of("mode", "READWRITE");
            default -> throw RegistryFault.notFound();
        };
    }

    private Object subjects(Request request) {
        String subject = request.segment(1);
        return switch (request.path().size()) {
            case 1 -> {
                request.expect("GET");
                yield subjects.subjects();
            }
            case 2 -> {
                request.expect("POST");
                yield shown(subjects.lookUp(subject, schema(request)));
            }
            default -> versions(request, subject);
        };
    }

    private Object versions(Request request, String subject) {
        if (!request.segment(2).equals("versions") || request.path().size() > 5) {
            throw RegistryFault.notFound();
        }
        if (request.path().size() == 3) {
            if (request.method().equals("POST")) {
                return Map.of("id", subjects.register(subject, schema(request)).id());
            }
            request.expect("GET");
            return subjects.versions(subject).stream()
                    .map(SchemaSubjects.Version::version)
                    .toList();
        }
        request.expect("GET");
        SchemaSubjects.Version version = subjects.version(subject, request.segment(3));
        return switch (request.segment(4)) {
            case "" -> shown(version);
            case "schema" -> new RawJson(version.schema().toString());
            default -> throw RegistryFault.notFound();
        };
    }

    private Object schemas(Request request) {
        request.expect("GET");
        if (request.path().equals(List.of("schemas", "types"))) {
            return List.of("AVRO");
        }
        if (!request.segment(1).equals("ids") || request.path().size() > 4) {
            throw RegistryFault.notFound();
        }
        String id = request.segment(2);
        return switch (request.segment(3)) {
            case "" -> Map.of("schema", subjects.schema(id).toString());
            case "schema" -> new RawJson(subjects.schema(id).toString());
            case "subjects" ->
                subjects.uses(id).stream().map(SchemaSubjects.Version::subject).toList();
            case "versions" ->
                subjects.uses(id).stream()
                        .map(use -> Map.of("subject", use.subject(), "version", use.version()))
                        .toList();
            default -> throw RegistryFault.notFound();
        };
    }

    private Object config(Request request) {
        if (request.path().size() > 2) {
            throw RegistryFault.notFound();
        }
        String subject = request.segment(1);
        if (request.method().equals("PUT")) {
            CompatibilityLevel level =
                    CompatibilityLevel.of(request.body().path("compatibility").asText());
            if (subject.isEmpty()) {
                subjects.setGlobalLevel(level);
            } else {
                subjects.setLevel(subject, level);
            }
            return Map.of("compatibility", level.name());
        }
        request.expect("GET");
        boolean global = subject.isEmpty() || request.isSet("defaultToGlobal");
        CompatibilityLevel level = subjects.ownLevel(subject)
                .or(() -> global ? Optional.of(subjects.globalLevel()) : Optional.empty())
                .orElseThrow(() -> new RegistryFault(
                        40408, "Subject '" + subject + "' does not have subject-level compatibility configured"));
        return Map.of("compatibilityLevel", level.name());
    }

    private Object compatibility(Request request) {
        if (request.path().size() != 5
                || !request.segment(1).equals("subjects")
                || !request.segment(3).equals("versions")) {
            throw RegistryFault.notFound();
        }
        request.expect("POST");
        List<String> obstacles = subjects.obstacles(request.segment(2), request.segment(4), schema(request));
        return request.isSet("verbose")
                ? Map.of("is_compatible", obstacles.isEmpty(), "messages", obstacles)
                : Map.of("is_compatible", obstacles.isEmpty());
    }

    private static Schema schema(Request request) {
        if (!request.body().path("schemaType").asText("AVRO").equals("AVRO")
                || !request.body().path("references").isEmpty()) {
            throw new RegistryFault(42201, "Invalid schema: this registry holds Avro schemas without references");
        }
        try {
            return new Schema.Parser().parse(request.body().path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw new RegistryFault(42201, "Invalid schema: " + e.getMessage());
        }
    }

    private static Map<String, Object> shown(SchemaSubjects.Version version) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("subject", version.subject());
        shown.put("version", version.version());
        shown.put("id", version.id());
        shown.put("schema", version.schema().toString());
        return shown;
    }

    /** JSON already. */
    record RawJson(String text) {}
}
