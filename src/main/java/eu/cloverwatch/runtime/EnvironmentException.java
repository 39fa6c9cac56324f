package eu.cloverwatch.runtime;

/** Broker, registry, disk or port: something around the monitor does not work. Exit code 3. */
public final class EnvironmentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EnvironmentException(String message) {
        super(message);
    }

    public EnvironmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
