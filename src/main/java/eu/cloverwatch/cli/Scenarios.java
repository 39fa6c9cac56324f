package eu.cloverwatch.cli;

import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.policy.PolicyException;
import eu.cloverwatch.v1.PolicyRevision;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.FinalVerdict;
import eu.cloverwatch.wire.ScenarioDirectory;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Opens what the user names on the command line; what is missing or broken is the user's error, with its place. */
final class Scenarios {

    private Scenarios() {}

    static ScenarioDirectory open(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new UserError(directory + ": expected a scenario directory");
        }
        return new ScenarioDirectory(directory);
    }

    static List<PolicyDocument> policies(Path file) throws IOException {
        try {
            return PolicyDocument.parseAll(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": expected a policy, there is no such file", e);
        } catch (CharacterCodingException e) {
            throw new UserError(file + ": expected UTF-8", e);
        } catch (PolicyException e) {
            throw new UserError(file + ": " + e.getMessage(), e);
        }
    }

    /** The policies as records to publish, in order. */
    static List<Arrival> revisions(List<PolicyDocument> documents, String author) {
        return documents.stream()
                .map(document -> {
                    Instant recordedAt = document.recordedAt().orElse(document.effectiveFrom());
                    PolicyRevision revision = new PolicyRevision(
                            document.policy().policyId(),
                            document.effectiveFrom(),
                            recordedAt,
                            author,
                            document.policy().sha256(),
                            document.text());
                    return new Arrival(Topic.POLICIES, revision.getPolicyId(), new Arrival.Value(revision), recordedAt);
                })
                .toList();
    }

    static List<FinalVerdict> verdicts(Path file) throws IOException {
        try {
            return FinalVerdict.readAll(file);
        } catch (IllegalArgumentException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }
}
