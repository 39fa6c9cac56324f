package eu.cloverwatch.runtime;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings in environment variables: {@code CLOVERWATCH_}, then the key in capitals with {@code _} for every other
 * character. The word is not repeated for keys of our own: {@code cloverwatch.http.port} is {@code CLOVERWATCH_HTTP_PORT}.
 */
final class ConfigurationEnvironment {

    static final String PREFIX = "CLOVERWATCH_";

    /** What a setting's origin starts with if it came from here. */
    static final String ORIGIN = "environment variable ";

    private ConfigurationEnvironment() {}

    /** The variables with our prefix, sorted by name; those that stand for no key are under a key that is unknown. */
    static List<ConfigurationSetting> read(Map<String, String> environment) {
        return new TreeMap<>(environment)
                .entrySet().stream()
                        .filter(variable -> variable.getKey().startsWith(PREFIX))
                        .map(variable -> new ConfigurationSetting(
                                key(variable.getKey()), variable.getValue().strip(), ORIGIN + variable.getKey()))
                        .toList();
    }

    /** The variable that sets a key. */
    static String variable(String key) {
        String name = key.startsWith(ConfigurationKeys.PREFIX) ? key.substring(ConfigurationKeys.PREFIX.length()) : key;
        return PREFIX + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static String key(String variable) {
        // A name of our own may hold '-', which a variable cannot: so by comparison, not by conversion.
        for (ConfigurationKey<?> key : ConfigurationKeys.all()) {
            if (key.environmentVariable().equals(variable)) {
                return key.name();
            }
        }
        String dotted =
                variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
        return ConfigurationPassThrough.isPassedThrough(dotted) ? dotted : ConfigurationKeys.PREFIX + dotted;
    }
}
