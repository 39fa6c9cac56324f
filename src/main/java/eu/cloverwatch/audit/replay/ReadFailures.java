package eu.cloverwatch.audit.replay;

import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** Says of which topic a failure of Kafka's client is, whose fault, and what would help. */
final class ReadFailures {

    private ReadFailures() {}

    /** While a client reads. */
    static RuntimeException reading(String topic, KafkaException e) {
        if (e instanceof InterruptException) {
            return e;
        }
        if (e instanceof SslAuthenticationException) {
            return new TopicUnavailableException(
                    "TLS with the cluster failed; either side may not trust the other's certificate (kafka.ssl.*): "
                            + message(e),
                    e);
        }
        if (e instanceof AuthenticationException) {
            return new TopicUnavailableException("the cluster does not accept these credentials: " + e.getMessage(), e);
        }
        if (e instanceof AuthorizationException) {
            return new TopicUnavailableException(
                    topic + ": no permission; READ (which includes DESCRIBE) on this topic is needed", e);
        }
        if (e instanceof OffsetOutOfRangeException) {
            return new TopicUnavailableException(
                    topic + ": records were deleted by retention before they could be read; ask for a later range", e);
        }
        return new TopicUnavailableException(topic + ": " + message(e), e);
    }

    /** While a client is made: nothing was asked of the cluster yet, so it is the settings. */
    static ClusterSettingsException making(KafkaException e) {
        String message = message(e);
        // Its parser repeats what it does not understand, which may be half a password.
        String reason = message.contains("JAAS")
                ? "sasl.jaas.config: expected a login module, `required`, and its options as key=\"value\", with a semicolon at the"
                        + " end"
                : message;
        return new ClusterSettingsException("kafka.*: Kafka's client refuses them: " + reason, e);
    }

    /** With that of the first cause: Kafka's own often says no more than that something failed. */
    private static String message(Throwable e) {
        Throwable first = e;
        while (first.getCause() != null && first.getCause() != first) {
            first = first.getCause();
        }
        return first == e
                ? String.valueOf(e.getMessage())
                : e.getMessage() + ": " + first.getClass().getSimpleName() + ": " + first.getMessage();
    }
}
