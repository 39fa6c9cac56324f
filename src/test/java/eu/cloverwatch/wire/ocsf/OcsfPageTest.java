package eu.cloverwatch.wire.ocsf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.cloverwatch.v1.ActorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page shows what is really written, and tells of every attribute, and of none that is not there. */
class OcsfPageTest {

    private static final Pattern JSON = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("^\\| (`[^|]+`) \\|", Pattern.MULTILINE);
    private static final Pattern ATTRIBUTE = Pattern.compile("`([^`]+)`");

    private final String page = read();
    private final JsonNode finding = OcsfSchema.parse(DataSecurityFinding.of(Examples.violation(), Examples.PRODUCT));
    private final JsonNode incident = OcsfSchema.parse(IncidentFinding.of(
            Examples.incident(),
            ActorType.EMPLOYEE,
            Activity.UPDATE,
            1,
            Examples.OPENED,
            Examples.LATER,
            Examples.PRODUCT));

    @Test
    void theExamplesAreWhatIsWritten() {
        List<String> shown =
                JSON.matcher(page).results().map(block -> block.group(1)).toList();

        assertThat(shown).containsExactly(finding.toPrettyString() + "\n", incident.toPrettyString() + "\n");
    }

    @Test
    void theFirstTableHasEveryAttributeOfAFinding() {
        Set<String> written = attributes(finding);
        written.add("finding_info.created_time"); // of revision 0
        written.add("actor.app_name"); // of a program

        assertThat(told("## Findings", "## Incidents")).isEqualTo(written);
    }

    @Test
    void theSecondTableHasEveryAttributeOfAnIncident() {
        Set<String> written = attributes(incident);
        written.add("actor.app_name");

        assertThat(told("## Incidents", "## Examples")).isEqualTo(written);
    }

    private Set<String> told(String from, String to) {
        String part = page.substring(page.indexOf(from), page.indexOf(to));
        Set<String> attributes = new TreeSet<>();
        ROW.matcher(part)
                .results()
                .map(row -> row.group(1))
                .flatMap(cell -> ATTRIBUTE.matcher(cell).results())
                .map((MatchResult attribute) -> attribute.group(1))
                .forEach(attributes::add);
        return attributes;
    }

    /** Paths of all values, as {@code finding_info.uid}; the elements of a list share a path. */
    private static Set<String> attributes(JsonNode event) {
        Set<String> paths = new TreeSet<>();
        collect("", event, paths);
        return paths;
    }

    private static void collect(String path, JsonNode node, Set<String> paths) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> collect(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), paths));
        } else if (node.isArray()) {
            node.forEach(element -> collect(path, element, paths));
        } else {
            paths.add(path);
        }
    }

    private static String read() {
        try {
            return Files.readString(Path.of("docs", "ocsf.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
