package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole way from the command line and back, with records that arrive in another order than they were written. */
@Timeout(120)
class DemoShuffleTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_shuffled_directory_comes_to_what_check_says() {
        String directory = "src/test/resources/cases/duplicates-and-rejects";
        assertThat(run("check", directory)).as(err.toString()).isZero();
        String expected = out.toString();
        out.getBuffer().setLength(0);

        String[] demo = {
            "demo", "--once", "--json", "--port", "0", "--broker-port", "0", "--shuffle", "3", "--input", directory
        };
        assertThat(run(demo)).as(err.toString()).isZero();
        assertThat(out.toString()).isNotEmpty().isEqualTo(expected);
        assertThat(err.toString()).contains("18 access events, shuffled with seed 3: ");
    }

    @Test
    void a_generated_world_cannot_be_shuffled() {
        assertThat(run("demo", "--once", "--shuffle", "3")).isEqualTo(2);
        assertThat(err.toString()).contains("--shuffle needs --input");
    }

    @Test
    void a_seed_is_a_number() {
        assertThat(run("demo", "--once", "--shuffle", "often", "--input", "examples/scenario"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--shuffle").contains("often");
    }

    private int run(String... args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
