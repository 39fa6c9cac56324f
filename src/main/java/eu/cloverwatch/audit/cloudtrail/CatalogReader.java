package eu.cloverwatch.audit.cloudtrail;

import eu.cloverwatch.model.AccessEvent.Destination;
import eu.cloverwatch.model.Operation;
import eu.cloverwatch.model.Protection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a catalog: YAML 1.2, strict, so that a misspelt key cannot make data look as if nobody touched it. */
public final class CatalogReader {

    private static final String EXAMPLE = "/catalogs/example-cloudtrail.yaml";

    private CatalogReader() {}

    /** @throws UnusableInputException naming file and line, if there is no such file or it is no catalog */
    public static Catalog read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new UnusableInputException(file + ": expected UTF-8 text", e);
        } catch (IOException e) {
            throw new UnusableInputException(file + ": expected a catalog that can be read", e);
        }
    }

    /** The example that comes with the program: what in a plain AWS account might hold Europeans' data. */
    public static Catalog example() throws IOException {
        try (InputStream in = CatalogReader.class.getResourceAsStream(EXAMPLE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + EXAMPLE);
            }
            return parse("example-cloudtrail.yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static Catalog parse(String name, String yaml) {
        YamlMapping document = new YamlMapping(name, root(name, yaml), "rows");
        List<Catalog.Row> rows =
                document.list("rows").stream().map(node -> row(name, node)).toList();
        return new Catalog(name, rows);
    }

    private static Node root(String name, String yaml) {
        try {
            Optional<Node> root = new Compose(LoadSettings.builder().build()).composeString(yaml);
            return root.orElseThrow(
                    () -> new UnusableInputException(name + ": expected a mapping with rows, not nothing"));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new UnusableInputException(name + ":" + line + ": expected YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new UnusableInputException(name + ": expected one YAML document", e);
        }
    }

    private static Catalog.Row row(String name, Node node) {
        YamlMapping row = new YamlMapping(
                name,
                node,
                "source",
                "names",
                "resource",
                "operation",
                "subject",
                "categories",
                "protection",
                "purpose",
                "gateway",
                "destination");
        return new Catalog.Row(
                Glob.of(row.text("source")),
                globs(row.texts("names")),
                globs(row.has("resource") ? row.texts("resource") : List.of()),
                operation(row),
                people(new YamlMapping(name, row.node("subject"), "country", "count", "id_from", "minor")),
                row.texts("categories"),
                row.has("protection") ? protection(row) : Protection.RAW,
                row.text("purpose"),
                row.has("gateway") ? row.text("gateway") : null,
                row.has("destination")
                        ? destination(new YamlMapping(name, row.node("destination"), "site", "country"))
                        : Destination.NONE);
    }

    private static List<Glob> globs(List<String> texts) {
        return texts.stream().map(Glob::of).toList();
    }

    private static @Nullable Operation operation(YamlMapping row) {
        return row.has("operation")
                ? row.oneOf("operation", List.of(Operation.values()).subList(1, Operation.values().length))
                : null;
    }

    private static Protection protection(YamlMapping row) {
        return row.oneOf("protection", List.of(Protection.values()).subList(1, Protection.values().length));
    }

    private static Catalog.People people(YamlMapping subject) {
        return new Catalog.People(
                subject.has("country") ? subject.country("country") : null,
                subject.has("count") ? subject.positive("count") : 1,
                subject.has("id_from") ? subject.text("id_from") : null,
                subject.has("minor") ? subject.flag("minor") : null);
    }

    private static Destination destination(YamlMapping destination) {
        return new Destination(
                destination.has("site") ? destination.text("site") : null,
                destination.has("country") ? destination.country("country") : null);
    }
}
