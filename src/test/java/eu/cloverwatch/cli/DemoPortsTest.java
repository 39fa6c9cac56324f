package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is said when a port that the demo wants is not free. */
@Timeout(60)
class DemoPortsTest {

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--broker-port"})
    void a_port_in_use_is_named_and_another_one_proposed(String option) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();

            assertThat(demo(option, Integer.toString(port))).isEqualTo(3);
            assertThat(err.toString())
                    .contains("port " + port)
                    .contains("is in use")
                    .contains("0 for any free");
        }
    }

    @Test
    void what_is_no_port_is_the_user_s_mistake() {
        assertThat(demo("--port", "eighty")).isEqualTo(2);
        assertThat(err.toString()).contains("--port").contains("eighty");
    }

    private int demo(String option, String value) {
        String other = option.equals("--port") ? "--broker-port" : "--port";
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(new StringWriter(), true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute("demo", "--once", "--input", "examples/scenario", option, value, other, "0");
    }
}
