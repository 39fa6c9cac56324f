package eu.cloverwatch.audit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.wire.FinalVerdict;
import eu.cloverwatch.wire.ScenarioDirectory;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario directory comes to what its {@code expected.ndjson} says, and no event is lost on the way. */
class CasesTest {

    static Stream<Path> cases() throws IOException, URISyntaxException {
        Path own = Path.of(
                Objects.requireNonNull(CasesTest.class.getResource("/cases")).toURI());
        Path shared = Path.of(System.getProperty("cloverwatch.shared", ""), "cases");
        return Stream.concat(directories(own), Files.isDirectory(shared) ? directories(shared) : Stream.empty());
    }

    private static Stream<Path> directories(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void itComesToWhatIsExpected(Path directory) throws IOException {
        ScenarioDirectory scenario = new ScenarioDirectory(directory);

        Check.Result result = check(scenario);

        assertThat(Differences.between(FinalVerdict.readAll(scenario.expectedFile()), result.verdicts()))
                .as("differences in %s", directory.getFileName())
                .isEmpty();
        assertThat(result.verdicts().stream().map(FinalVerdict::toJson))
                .as("lines of %s, byte by byte", directory.getFileName())
                .containsExactlyElementsOf(Files.readAllLines(scenario.expectedFile()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void everyLineEndsInOneOutcome(Path directory) throws IOException {
        ScenarioDirectory scenario = new ScenarioDirectory(directory);
        long lines;
        try (Stream<String> all = Files.lines(scenario.file(Topic.ACCESS_EVENTS), StandardCharsets.ISO_8859_1)) {
            lines = all.filter(line -> !line.isBlank()).count();
        }

        Check.Result result = check(scenario);

        assertThat(result.outcomes().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .as("sum of %s in %s", result.outcomes(), directory.getFileName())
                .isEqualTo(lines);
    }

    private static Check.Result check(ScenarioDirectory scenario) throws IOException {
        return Check.run(scenario, PolicyDocument.parseAll(Files.readString(scenario.policyFile())), problem -> {});
    }
}
