package eu.cloverwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/configuration.md has the registry's keys that there are, and what holds without them. */
class RegistryDocumentationTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(schema\\.registry\\.[a-z.]+)` \\| ([^|]*)\\|");
    private static final Map<String, String> LEAST = Map.of("schema.registry.url", "http://registry");

    private final Map<String, String> defaults = new TreeMap<>();

    RegistryDocumentationTest() throws IOException {
        ROW.matcher(Files.readString(Path.of("docs/configuration.md")))
                .results()
                .forEach(row -> defaults.put(row.group(1), row.group(2).strip().replace("`", "")));
    }

    @Test
    void everyKeyIsInTheTableAndNoOther() {
        assertThat(defaults.keySet()).containsExactlyElementsOf(known());
    }

    /** As the message for an unknown one lists them, sorted. */
    private static List<String> known() {
        Map<String, String> misspelt = new TreeMap<>(LEAST);
        misspelt.put("schema.registry.ulr", "http://registry");
        String message = String.valueOf(
                catchThrowable(() -> RegistrySettings.from(misspelt)).getMessage());
        String keys = message.substring(message.indexOf("one of ") + "one of ".length(), message.indexOf(" (others"));
        return List.of(keys.split(", "));
    }

    @Test
    void theDefaultsAreThoseOfTheTable() {
        RegistrySettings settings = RegistrySettings.from(LEAST);

        assertThat(defaults)
                .containsEntry("schema.registry.serde", settings.serde().name().toLowerCase(Locale.ROOT))
                .containsEntry(
                        "schema.registry.request.timeout.ms",
                        String.valueOf(settings.requestTimeout().toMillis()))
                .containsEntry(
                        "schema.registry.retry.timeout.ms",
                        String.valueOf(settings.retryTimeout().orElseThrow().toMillis()))
                .containsEntry("schema.registry.ssl.truststore.type", store("truststore"))
                .containsEntry("schema.registry.ssl.keystore.type", store("keystore"));
    }

    private static String store(String which) {
        Map<String, String> configuration = new TreeMap<>(LEAST);
        configuration.put("schema.registry.ssl." + which + ".location", "store");
        RegistrySettings settings = RegistrySettings.from(configuration);
        return (which.equals("truststore") ? settings.trustStore() : settings.keyStore())
                .orElseThrow()
                .type();
    }
}
