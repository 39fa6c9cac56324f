package eu.cloverwatch.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * Schemas by subject and version, in memory. The same schema has the same id in every subject; ids count from 1 in the order
 * of registration, so the same program makes the same ids. Schemas are the same if their JSON is, docs included.
 */
final class SchemaSubjects {

    private final Map<String, List<Version>> subjects = new TreeMap<>();
    private final Map<String, CompatibilityLevel> levels = new HashMap<>();
    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private CompatibilityLevel globalLevel = CompatibilityLevel.BACKWARD;

    /**
     * One version of a subject.
     *
     * @param version from 1
     */
    record Version(String subject, int version, int id, Schema schema) {}

    synchronized Version register(String subject, Schema schema) {
        Optional<Version> known = find(subject, schema);
        if (known.isPresent()) {
            return known.get();
        }
        List<Version> versions = subjects.getOrDefault(subject, List.of());
        List<Schema> earlier = versions.stream().map(Version::schema).toList();
        List<String> obstacles = levelOf(subject).obstacles(schema, earlier);
        if (!obstacles.isEmpty()) {
            throw new RegistryFault(
                    409,
                    "Schema being registered is incompatible with an earlier schema for subject \"" + subject + "\": "
                            + obstacles);
        }
        Version version = new Version(subject, versions.size() + 1, idOf(schema), schema);
        subjects.computeIfAbsent(subject, s -> new ArrayList<>()).add(version);
        return version;
    }

    private int idOf(Schema schema) {
        return ids.computeIfAbsent(schema.toString(), s -> {
            schemas.add(schema);
            return schemas.size();
        });
    }

    synchronized Version lookUp(String subject, Schema schema) {
        versions(subject);
        return find(subject, schema).orElseThrow(() -> RegistryFault.schemaNotFound(""));
    }

    private Optional<Version> find(String subject, Schema schema) {
        return subjects.getOrDefault(subject, List.of()).stream()
                .filter(version -> version.schema().toString().equals(schema.toString()))
                .findFirst();
    }

    synchronized List<String> subjects() {
        return List.copyOf(subjects.keySet());
    }

    /** All versions of a subject, oldest first. */
    synchronized List<Version> versions(String subject) {
        List<Version> versions = subjects.get(subject);
        if (versions == null) {
            throw RegistryFault.subjectNotFound(subject);
        }
        return List.copyOf(versions);
    }

    /**
     * @param which a number from 1, {@code latest} or {@code -1}
     */
    synchronized Version version(String subject, String which) {
        List<Version> versions = versions(subject);
        if (which.equals("latest") || which.equals("-1")) {
            return versions.get(versions.size() - 1);
        }
        if (!which.matches("[0-9]{1,9}") || Integer.parseInt(which) == 0) {
            throw new RegistryFault(
                    42202,
                    "The specified version '" + which
                            + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"");
        }
        return versions.stream()
                .filter(version -> version.version() == Integer.parseInt(which))
                .findFirst()
                .orElseThrow(() -> RegistryFault.versionNotFound(which));
    }

    synchronized Schema schema(String id) {
        int number = id.matches("[0-9]{1,9}") ? Integer.parseInt(id) : 0;
        if (number < 1 || number > schemas.size()) {
            throw RegistryFault.schemaNotFound(" " + id);
        }
        return schemas.get(number - 1);
    }

    /** Where a schema is registered. */
    synchronized List<Version> uses(String id) {
        String json = schema(id).toString();
        return subjects.values().stream()
                .flatMap(List::stream)
                .filter(version -> version.schema().toString().equals(json))
                .toList();
    }

    /** What is in the way of a schema as a version after this one; empty: nothing. */
    synchronized List<String> obstacles(String subject, String which, Schema schema) {
        return levelOf(subject)
                .obstacles(schema, List.of(version(subject, which).schema()));
    }

    synchronized CompatibilityLevel globalLevel() {
        return globalLevel;
    }

    synchronized void setGlobalLevel(CompatibilityLevel level) {
        globalLevel = level;
    }

    synchronized Optional<CompatibilityLevel> ownLevel(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    synchronized void setLevel(String subject, CompatibilityLevel level) {
        levels.put(subject, level);
    }

    private CompatibilityLevel levelOf(String subject) {
        return levels.getOrDefault(subject, globalLevel);
    }
}
