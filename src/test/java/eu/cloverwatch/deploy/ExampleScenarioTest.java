package eu.cloverwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.audit.Check;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.wire.FinalVerdict;
import eu.cloverwatch.wire.ScenarioDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the feeder of the compose file publishes. */
class ExampleScenarioTest {

    @Test
    void theExampleComesToWhatItsReadmeSays() throws IOException {
        ScenarioDirectory example = new ScenarioDirectory(Path.of("examples/scenario"));
        List<String> problems = new ArrayList<>();

        Check.Result result = Check.run(
                example, PolicyDocument.parseAll(Files.readString(example.policyFile())), problems::add, count -> {});

        assertThat(problems).isEmpty();
        assertThat(result.verdicts()).isEqualTo(FinalVerdict.readAll(example.expectedFile()));
        assertThat(result.outcomes())
                .containsEntry(Outcome.VIOLATION, 5L)
                .containsEntry(Outcome.UNDECIDABLE, 1L)
                .containsEntry(Outcome.GATEWAY_APPROVED, 2L)
                .containsEntry(Outcome.REJECTED, 0L);
    }
}
