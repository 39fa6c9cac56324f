package eu.cloverwatch.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import eu.cloverwatch.audit.Check;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Severity;
import eu.cloverwatch.model.Verdict;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.topology.TopologyHarness.Published;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.FinalVerdict;
import eu.cloverwatch.wire.ScenarioDirectory;
import eu.cloverwatch.wire.ScenarioFile;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The monitor, which gathers facts as they come, and {@code check}, which reads everything and looks it up, come to the same
 * results. All facts are there before the first event.
 */
class AgreesWithCheckTest {

    @RegisterExtension
    final TopologyHarness flow = new TopologyHarness();

    static Stream<Path> cases() throws IOException {
        Path own = Path.of("src/test/resources/cases");
        Path cases = Files.isDirectory(own) ? own : Path.of(System.getProperty("cloverwatch.shared", ""), "cases");
        assumeTrue(Files.isDirectory(cases), "the cases are not here");
        return Files.list(cases).filter(Files::isDirectory).sorted();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyCaseEndsAsCheckSays(Path directory) throws IOException {
        ScenarioDirectory scenario = new ScenarioDirectory(directory);
        List<PolicyDocument> policies = PolicyDocument.parseAll(Files.readString(scenario.policyFile()));
        List<String> problems = new ArrayList<>();
        Check.Result expected = Check.run(scenario, policies, problems::add);

        for (PolicyDocument policy : policies) {
            Instant recordedAt = policy.recordedAt().orElse(policy.effectiveFrom());
            flow.policy(policy.text(), recordedAt);
        }
        for (Topic topic : List.of(Topic.EMPLOYEE_LOCATIONS, Topic.CONSENTS, Topic.GATEWAYS, Topic.ACCESS_EVENTS)) {
            scenario.forEach(topic, this::arrive);
        }

        assertThat(verdicts()).isEqualTo(expected.verdicts());
        assertThat(allOutcomes()).isEqualTo(expected.outcomes());
        assertThat(flow.rejects()).as("rejects beside %s", problems).hasSameSizeAs(problems);
    }

    private void arrive(ScenarioFile.Line line) {
        Arrival arrival = line.arrival();
        Arrival.Payload payload = arrival.payload();
        byte[] value = null;
        if (payload instanceof Arrival.Value avro) {
            value = flow.serde().serialize(arrival.topic().defaultName(), avro.record());
        } else if (payload instanceof Arrival.Raw raw) {
            value = raw.bytes();
        }
        byte[] key = arrival.key() == null ? null : arrival.key().getBytes(UTF_8);
        flow.pipe(arrival.topic(), key, value, arrival.timestamp());
    }

    private List<FinalVerdict> verdicts() {
        return flow.violations().stream()
                .map(Published::violation)
                .map(AgreesWithCheckTest::verdict)
                .sorted(FinalVerdict.ORDER)
                .toList();
    }

    private static FinalVerdict verdict(Violation violation) {
        TreeSet<String> rules = new TreeSet<>();
        violation.getFindings().forEach(finding -> rules.add(finding.getRule()));
        return new FinalVerdict(
                violation.getEventId(),
                Verdict.valueOf(violation.getVerdict().name()),
                rules,
                Severity.valueOf(violation.getSeverity().name()));
    }

    private Map<Outcome, Long> allOutcomes() {
        Map<Outcome, Long> all = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            all.put(outcome, 0L);
        }
        all.putAll(flow.outcomes());
        return all;
    }
}
