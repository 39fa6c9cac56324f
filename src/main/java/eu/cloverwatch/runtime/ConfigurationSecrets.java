package eu.cloverwatch.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that are kept in files of their own, and values that must not be shown. */
final class ConfigurationSecrets {

    static final String HIDDEN = "[hidden]";

    private static final String OPENING = "${file:";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{file:([^}]*)}");

    private static final Pattern SENSITIVE_KEY = Pattern.compile(
            "password|passphrase|secret|token|key|credential|jaas|user\\.?info|auth|private|certificate|header|login",
            Pattern.CASE_INSENSITIVE);

    /** Credentials inside an address or a list of options. */
    private static final Pattern SENSITIVE_VALUE =
            Pattern.compile("://[^/\\s]*@|(password|secret|token|key)\\s*[=:]", Pattern.CASE_INSENSITIVE);

    private ConfigurationSecrets() {}

    /**
     * The value with every {@code ${file:/path}} replaced by that file's content, without the line break at its end. What a
     * file holds is taken as it is: no reference in it is followed.
     */
    static String resolve(ConfigurationSetting setting) {
        if (REFERENCE.matcher(setting.value()).replaceAll("").contains(OPENING)) {
            throw setting.error(setting.key() + ": expected '}' after " + OPENING);
        }
        Matcher reference = REFERENCE.matcher(setting.value());
        StringBuilder resolved = new StringBuilder();
        while (reference.find()) {
            reference.appendReplacement(resolved, Matcher.quoteReplacement(content(setting, reference.group(1))));
        }
        reference.appendTail(resolved);
        return resolved.toString();
    }

    /** The value as it may be printed: references unresolved, anything that could be a secret hidden. When in doubt: hidden. */
    static String printable(ConfigurationSetting setting) {
        if (REFERENCE.matcher(setting.value()).matches()) {
            return setting.value();
        }
        boolean openKey = setting.key().equals(ConfigurationKeys.PSEUDONYM_KEY_ID.name())
                || !SENSITIVE_KEY.matcher(setting.key()).find();
        boolean openValue = !SENSITIVE_VALUE.matcher(setting.value()).find();
        return openKey && openValue ? setting.value() : HIDDEN;
    }

    private static String content(ConfigurationSetting setting, String file) {
        try {
            Path path = Path.of(file);
            if (!path.isAbsolute()) {
                throw setting.error(setting.key() + ": expected an absolute path in ${file:...}, got '" + file + "'");
            }
            return Files.readString(path).replaceFirst("\\r?\\n\\z", "");
        } catch (IOException | InvalidPathException e) {
            throw new ConfigurationException(
                    setting.origin() + ": " + setting.key() + ": cannot read the file " + file + " as UTF-8 text: " + e,
                    e);
        }
    }
}
