package eu.cloverwatch.cli;

import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.policy.compare.PropertyProof;
import eu.cloverwatch.policy.compare.Situation;
import eu.cloverwatch.policy.compare.TooManySituationsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One policy document as the user names it: {@code FILE}, or of a file with several {@code FILE#2} for the second.
 *
 * @param name for messages
 * @param path the file that holds it
 */
record PolicyFile(String name, Path path, PolicyDocument document) {

    private static final Pattern NUMBERED = Pattern.compile("(.+)#(\\d{1,4})");

    static PolicyFile open(String name) throws IOException {
        Path path = Path.of(name);
        Matcher numbered = NUMBERED.matcher(name);
        if (!Files.exists(path) && numbered.matches()) {
            path = Path.of(numbered.group(1));
            List<PolicyDocument> documents = Scenarios.policies(path);
            int number = Integer.parseInt(numbered.group(2));
            if (number < 1 || number > documents.size()) {
                throw new UserError(name + ": expected a number from 1 to " + documents.size()
                        + ", so many documents are in " + path);
            }
            return new PolicyFile(name, path, documents.get(number - 1));
        }
        List<PolicyDocument> documents = Scenarios.policies(path);
        if (documents.size() > 1) {
            throw new UserError(name + ": expected one policy document, there are " + documents.size() + "; say which: "
                    + name + "#1 to " + name + "#" + documents.size());
        }
        return new PolicyFile(name, path, documents.get(0));
    }

    /**
     * Proves all that the document claims of itself.
     *
     * @throws UserError if it does not keep it, with line and counterexample
     */
    static List<PropertyProof> prove(Path path, PolicyDocument document) {
        List<PropertyProof> proofs;
        try {
            proofs = PropertyProof.of(document.policy());
        } catch (TooManySituationsException e) {
            throw new UserError(path + ": " + e.getMessage(), e);
        }
        List<String> broken = new ArrayList<>();
        for (PropertyProof proof : proofs) {
            proof.counterexample()
                    .ifPresent(situation ->
                            broken.add(path + ":" + proof.property().line() + ": " + broken(situation, document)));
        }
        if (!broken.isEmpty()) {
            throw new UserError(String.join(System.lineSeparator(), broken));
        }
        return proofs;
    }

    private static String broken(Situation situation, PolicyDocument document) {
        return "expected that this never ends as compliant, but it ends %s: %s"
                .formatted(situation.judgedBy(document.policy()).outcome(), situation);
    }

    /** A number as it is read best. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
