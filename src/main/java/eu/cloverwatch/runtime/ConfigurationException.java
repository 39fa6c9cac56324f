package eu.cloverwatch.runtime;

/**
 * The configuration is wrong: the user's input. The message says where (file and line, environment variable or command
 * line), which key, and what was expected; it never contains a secret.
 */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }

    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
