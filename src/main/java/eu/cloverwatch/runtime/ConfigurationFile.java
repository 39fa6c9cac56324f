package eu.cloverwatch.runtime;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A {@code .properties} file in UTF-8. {@link Properties} reads each entry, but does not say in which line it stands and
 * lets a key's second value win silently; hence the split into entries here.
 */
final class ConfigurationFile {

    private final Path path;
    private final List<String> lines;
    private int next;

    private ConfigurationFile(Path path, List<String> lines) {
        this.path = path;
        this.lines = lines;
    }

    /** The settings in the order of the file. */
    static List<ConfigurationSetting> read(Path path) {
        try {
            return new ConfigurationFile(path, Files.readAllLines(path)).settings();
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(path + ": there is no such file", e);
        } catch (IOException e) {
            throw new ConfigurationException(path + ": cannot be read as UTF-8 text: " + e, e);
        }
    }

    private List<ConfigurationSetting> settings() throws IOException {
        List<ConfigurationSetting> settings = new ArrayList<>();
        Map<String, ConfigurationSetting> seen = new HashMap<>();
        while (next < lines.size()) {
            String origin = path + ":" + (next + 1);
            for (Map.Entry<Object, Object> entry : parse(entry(), origin).entrySet()) {
                ConfigurationSetting setting =
                        new ConfigurationSetting((String) entry.getKey(), ((String) entry.getValue()).strip(), origin);
                ConfigurationSetting earlier = seen.putIfAbsent(setting.key(), setting);
                if (earlier != null) {
                    throw setting.error(setting.key() + " is set twice; first at " + earlier.origin());
                }
                settings.add(setting);
            }
        }
        return settings;
    }

    /** One entry, comment or blank line: a line, and those that continue it after a backslash. */
    private String entry() {
        String line = lines.get(next++);
        String start = line.stripLeading();
        if (start.startsWith("#") || start.startsWith("!")) {
            return line;
        }
        StringBuilder entry = new StringBuilder(line);
        while (endsInOddBackslashes(line) && next < lines.size()) {
            line = lines.get(next++);
            entry.append('\n').append(line);
        }
        return entry.toString();
    }

    private static boolean endsInOddBackslashes(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static Properties parse(String entry, String origin) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(entry));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(origin + ": expected four hexadecimal digits after \\u", e);
        }
        return properties;
    }
}
