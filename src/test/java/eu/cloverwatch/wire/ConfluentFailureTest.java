package eu.cloverwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.avro.AvroTypeException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class ConfluentFailureTest {

    private static ConfluentFailure caused(Throwable cause) {
        return ConfluentFailure.of(new SerializationException("Error deserializing Avro message", cause));
    }

    @Test
    void theNetworksFailuresAreWorthAnotherTry() {
        assertThat(caused(new ConnectException("refused"))).isEqualTo(ConfluentFailure.UNREACHABLE);
        assertThat(caused(new SSLHandshakeException("no"))).isEqualTo(ConfluentFailure.UNREACHABLE);
        assertThat(ConfluentFailure.of(new TimeoutException("slow"))).isEqualTo(ConfluentFailure.UNREACHABLE);
    }

    @Test
    void brokenAvroIsNot() {
        assertThat(caused(new EOFException())).isEqualTo(ConfluentFailure.OTHER);
        assertThat(caused(new IOException("Invalid int encoding"))).isEqualTo(ConfluentFailure.OTHER);
        assertThat(caused(new AvroTypeException("missing"))).isEqualTo(ConfluentFailure.OTHER);
    }

    @Test
    void whatConfluentCallsAWrongConfigurationIsARefusal() {
        assertThat(ConfluentFailure.of(new InvalidConfigurationException("Unauthorized; error code: 401")))
                .isEqualTo(ConfluentFailure.REFUSED);
    }
}
