package eu.cloverwatch.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.SubjectConsent;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.policy.compare.EventClass;
import eu.cloverwatch.policy.compare.Situation;
import eu.cloverwatch.wire.ScenarioDirectory;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Writes an event of each class that two policies judge differently as a scenario directory, which {@code check} judges. */
final class ExampleScenarios {

    private ExampleScenarios() {}

    /**
     * The directories are called by the numbers of the classes, from 1; {@code policy.yaml} is the first policy. A class whose
     * example files cannot say is left out.
     */
    static void write(Path directory, PolicyDocument before, PolicyDocument after, List<EventClass> classes)
            throws IOException {
        if (Files.exists(directory)) {
            if (!Files.isDirectory(directory)) {
                throw new UserError(directory + ": expected a directory, there is a file");
            }
            try (Stream<Path> content = Files.list(directory)) {
                if (content.findAny().isPresent()) {
                    throw new UserError(directory + ": expected a directory that is new or empty");
                }
            }
        }
        Files.createDirectories(directory);
        for (int i = 0; i < classes.size(); i++) {
            Situation example = classes.get(i).example();
            if (canBeWritten(example, before, after)) {
                write(Files.createDirectory(directory.resolve(String.valueOf(i + 1))), before, example);
            }
        }
    }

    /** Not what files always know, and not what {@code check} has no policy for: it judges by policies in force. */
    static boolean canBeWritten(Situation situation, PolicyDocument before, PolicyDocument after) {
        Instant at = situation.event().occurredAt();
        return situation.isRecordable() && !at.isBefore(inForce(before)) && !at.isBefore(inForce(after));
    }

    private static Instant inForce(PolicyDocument document) {
        Instant recordedAt = document.recordedAt().orElse(document.effectiveFrom());
        return recordedAt.isAfter(document.effectiveFrom()) ? recordedAt : document.effectiveFrom();
    }

    private static void write(Path directory, PolicyDocument policy, Situation situation) throws IOException {
        ScenarioDirectory scenario = new ScenarioDirectory(directory);
        Files.writeString(scenario.policyFile(), policy.text());
        write(scenario.file(Topic.ACCESS_EVENTS), SituationJson.event(situation.event()));
        if (situation.location() instanceof Lookup.Known<EmployeeLocation> known) {
            write(scenario.file(Topic.EMPLOYEE_LOCATIONS), SituationJson.location(known.value()));
        }
        if (situation.consent() instanceof Lookup.Known<SubjectConsent> known) {
            write(scenario.file(Topic.CONSENTS), SituationJson.consent(known.value()));
        }
        if (situation.gateway() instanceof Lookup.Known<GatewayApproval> known) {
            write(scenario.file(Topic.GATEWAYS), SituationJson.gateway(known.value()));
        }
    }

    private static void write(Path file, ObjectNode record) throws IOException {
        Files.writeString(file, record + "\n");
    }
}
