package eu.cloverwatch.runtime;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A key of ours: what it is called, what it means, and how its value is read.
 *
 * @param name starts with {@code cloverwatch.}
 * @param defaultValue as it would be written in the file; null if there is none
 * @param expected which values are valid, for messages and the documentation: "a port, 0 to 65535"
 * @param parser reads a value; throws a {@link RuntimeException} if it is not valid
 */
public record ConfigurationKey<T>(
        String name, @Nullable String defaultValue, String expected, String description, Function<String, T> parser) {

    /** The environment variable that sets this key. */
    public String environmentVariable() {
        return ConfigurationEnvironment.variable(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
