package eu.cloverwatch.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a misspelt key was meant to be. */
final class ConfigurationSuggestion {

    /** Keys that are passed through and that almost every file has. */
    private static final List<String> WELL_KNOWN = List.of("kafka.bootstrap.servers", "schema.registry.url");

    private ConfigurationSuggestion() {}

    /** Names the key, in the words of the place where it was set, and the one it is most like. */
    static ConfigurationException unknown(ConfigurationSetting setting) {
        List<String> known = new ArrayList<>(
                ConfigurationKeys.all().stream().map(ConfigurationKey::name).toList());
        known.addAll(WELL_KNOWN);
        Optional<String> meant = nearest(setting.key(), known);
        boolean ours = setting.key().startsWith(ConfigurationKeys.PREFIX);
        String problem = "unknown key " + setting.key()
                + (ours ? "" : "; keys start with kafka., streams., schema.registry. or cloverwatch.");
        boolean variable = setting.origin().startsWith(ConfigurationEnvironment.ORIGIN);
        return setting.error(problem
                + meant.map(key -> "; did you mean " + (variable ? ConfigurationEnvironment.variable(key) : key) + "?")
                        .orElse("; see docs/configuration.md"));
    }

    private static Optional<String> nearest(String unknown, Collection<String> names) {
        int limit = Math.max(1, unknown.length() / 4);
        return names.stream()
                .filter(name -> distance(unknown, name) <= limit)
                .min(Comparator.comparingInt(name -> distance(unknown, name)));
    }

    /** Levenshtein's: how many letters to insert, drop or replace. */
    private static int distance(String a, String b) {
        int[] previous = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
