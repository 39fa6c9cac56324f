package eu.cloverwatch.audit.replay;

/** Kafka's client can do nothing with the settings it was given. The message says with which, or why. */
public final class ClusterSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClusterSettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
