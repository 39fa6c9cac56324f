package eu.cloverwatch.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.demo.World;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.topology.TopologyHarness.Published;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.ScenarioDirectory;
import eu.cloverwatch.wire.Topic;
import eu.cloverwatch.wire.ocsf.DataSecurityFinding;
import eu.cloverwatch.wire.ocsf.OcsfSchema;
import eu.cloverwatch.wire.ocsf.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the monitor publishes is a valid OCSF finding: of each case, with the facts first and with the facts late, and of a world. */
class FindingsOfWorldsTest {

    private static final Product PRODUCT = Product.ofThisBuild("urn:cloverwatch:flow");
    private static final List<Topic> FACTS = List.of(Topic.EMPLOYEE_LOCATIONS, Topic.CONSENTS, Topic.GATEWAYS);

    @RegisterExtension
    final TopologyHarness flow = new TopologyHarness();

    @ParameterizedTest
    @MethodSource("eu.cloverwatch.topology.AgreesWithCheckTest#cases")
    void everyRevisionOfACaseIsAValidFinding(Path directory) throws IOException {
        ScenarioDirectory scenario = new ScenarioDirectory(directory);
        publishPolicies(scenario);
        for (Topic topic : FACTS) {
            scenario.forEach(topic, line -> arrive(line.arrival()));
        }
        scenario.forEach(Topic.ACCESS_EVENTS, line -> arrive(line.arrival()));

        assertThat(valid()).hasSize(Files.readAllLines(scenario.expectedFile()).size());
    }

    @ParameterizedTest
    @MethodSource("eu.cloverwatch.topology.AgreesWithCheckTest#cases")
    void everyRevisionOfACaseWhoseFactsAreLateIsAValidFinding(Path directory) throws IOException {
        ScenarioDirectory scenario = new ScenarioDirectory(directory);
        publishPolicies(scenario);
        scenario.forEach(Topic.ACCESS_EVENTS, line -> arrive(line.arrival()));
        for (Topic topic : FACTS) {
            scenario.forEach(topic, line -> arrive(line.arrival()));
        }
        flow.advance(Duration.ofMinutes(1));

        assertThat(valid().stream().filter(violation -> violation.getStatus() != ViolationStatus.OPEN))
                .allSatisfy(revision -> assertThat(revision.getCause()).isNotNull());
    }

    @Test
    void everyRevisionOfAGeneratedWorldIsAValidFinding() {
        World world = World.generate(7, 20_000);
        world.arrivals().forEachRemaining(this::arrive);

        assertThat(valid()).hasSizeGreaterThanOrEqualTo(world.planted().size());
    }

    @Test
    void amendedAndWithdrawnRevisionsOfAGeneratedWorldAreValidFindings() {
        List<Arrival> late = new ArrayList<>();
        World.generate(8, 5_000).arrivals().forEachRemaining(arrival -> {
            if (FACTS.contains(arrival.topic())) {
                late.add(arrival);
            } else {
                arrive(arrival);
            }
        });
        late.forEach(this::arrive);
        flow.advance(Duration.ofMinutes(1));

        Set<ViolationStatus> seen = EnumSet.noneOf(ViolationStatus.class);
        valid().forEach(violation -> seen.add(violation.getStatus()));
        assertThat(seen).containsExactly(ViolationStatus.values());
    }

    private void publishPolicies(ScenarioDirectory scenario) throws IOException {
        for (PolicyDocument policy : PolicyDocument.parseAll(Files.readString(scenario.policyFile()))) {
            Instant recordedAt = policy.recordedAt().orElse(policy.effectiveFrom());
            flow.policy(policy.text(), recordedAt);
        }
    }

    private void arrive(Arrival arrival) {
        byte[] value = null;
        if (arrival.payload() instanceof Arrival.Value avro) {
            value = flow.serde().serialize(arrival.topic().defaultName(), avro.record());
        } else if (arrival.payload() instanceof Arrival.Raw raw) {
            value = raw.bytes();
        }
        byte[] key = arrival.key() == null ? null : arrival.key().getBytes(UTF_8);
        flow.pipe(arrival.topic(), key, value, arrival.timestamp());
    }

    /** What was published, each of it a valid finding. */
    private List<Violation> valid() {
        List<Violation> violations =
                flow.violations().stream().map(Published::violation).toList();
        List<Map.Entry<String, String>> findings = flow.findings(Topic.FINDINGS_OCSF);
        assertThat(findings)
                .extracting(Map.Entry::getValue)
                .containsExactlyElementsOf(violations.stream()
                        .map(violation -> new String(DataSecurityFinding.of(violation, PRODUCT), UTF_8))
                        .toList());
        assertThat(findings)
                .extracting(Map.Entry::getKey)
                .containsExactlyElementsOf(
                        violations.stream().map(Violation::getViolationId).toList());
        flow.advance(GroupIncidents.GATHERING);
        isValid(OcsfSchema.DATA_SECURITY_FINDING, findings);
        isValid(OcsfSchema.INCIDENT_FINDING, flow.findings(Topic.INCIDENTS_OCSF));
        return violations;
    }

    private static void isValid(OcsfSchema schema, List<Map.Entry<String, String>> findings) {
        findings.forEach(
                finding -> assertThat(schema.problems(finding.getValue().getBytes(UTF_8)))
                        .as(finding.getKey())
                        .isEmpty());
    }
}
