package eu.cloverwatch.cli;

import eu.cloverwatch.policy.Policy;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.policy.compare.PropertyProof;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Reads policies, and proves the properties that they claim (never).",
            "Everything that is wrong is named with file and line, and the exit code is 2."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PolicyValidateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Policies; each may hold several documents.")
    private List<Path> files;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ExitCode code = ExitCode.FINE;
        for (Path file : files) {
            try {
                for (PolicyDocument document : Scenarios.policies(file)) {
                    code = validate(file, document) ? code : ExitCode.USER;
                }
            } catch (UserError e) {
                code = failed(e);
            }
        }
        return code.code();
    }

    private boolean validate(Path file, PolicyDocument document) {
        try {
            print(spec.commandLine().getOut(), file, document, PolicyFile.prove(file, document));
            return true;
        } catch (UserError e) {
            failed(e);
            return false;
        }
    }

    private ExitCode failed(UserError e) {
        spec.commandLine().getErr().println("cloverwatch: " + e.getMessage());
        return ExitCode.USER;
    }

    private static void print(PrintWriter out, Path file, PolicyDocument document, List<PropertyProof> proofs) {
        Policy policy = document.policy();
        Policy.Terms terms = policy.terms();
        out.println(file + ": " + policy.policyId() + ", effective from " + policy.effectiveFrom());
        out.println("  sha256 " + policy.sha256());
        out.println("  %s protected, region of %s, %s, %s, %s, %s, consent required for %s"
                .formatted(
                        counted(terms.protectedResidents().size(), "country", "countries"),
                        counted(terms.region().size(), "country", "countries"),
                        counted(terms.sites().size(), "site", "sites"),
                        counted(terms.restrictedCategories().size(), "restricted category", "restricted categories"),
                        counted(terms.exempt().size(), "exempt row", "exempt rows"),
                        counted(terms.denied().size(), "denied row", "denied rows"),
                        counted(terms.consentRequiredFor().size(), "purpose", "purposes")));
        for (PropertyProof proof : proofs) {
            out.println("  never, line " + proof.property().line() + ": holds in all "
                    + PolicyFile.count(proof.situations()) + " situations it speaks of");
        }
        out.flush();
    }

    private static String counted(int number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }
}
