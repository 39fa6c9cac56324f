package eu.cloverwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/configuration.md says what the code does; if it differs, the failure shows the table to put there. */
class ConfigurationDocumentationTest {

    private final String page = read();

    @Test
    void everyKeyOfOursIsInTheTable() {
        String rows = Configuration.knownKeys().stream()
                .map(key -> "| `%s` | `%s` | %s | %s | %s |"
                        .formatted(
                                key.name(),
                                key.environmentVariable(),
                                key.defaultValue() == null ? "" : "`" + key.defaultValue() + "`",
                                key.expected(),
                                key.description()))
                .collect(Collectors.joining("\n"));

        assertThat(page).contains("| --- | --- | --- | --- | --- |\n" + rows + "\n\n");
    }

    @Test
    void everyReservedKeyIsInTheTable() {
        Map<String, String> keysByReason = new TreeMap<>();
        Configuration.reservedKeys()
                .forEach((key, reason) -> keysByReason.merge(reason, "`" + key + "`", (a, b) -> a + ", " + b));
        String rows = keysByReason.entrySet().stream()
                .map(row -> "| %s | %s |".formatted(row.getValue(), row.getKey()))
                .collect(Collectors.joining("\n"));

        assertThat(page).contains("| --- | --- |\n" + rows + "\n\n");
    }

    private static String read() {
        try {
            return Files.readString(Path.of("docs/configuration.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
