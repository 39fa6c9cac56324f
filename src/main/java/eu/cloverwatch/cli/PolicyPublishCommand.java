package eu.cloverwatch.cli;

import eu.cloverwatch.cli.PublishedPolicies.Published;
import eu.cloverwatch.model.PolicyRevision;
import eu.cloverwatch.model.Times;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.policy.PolicyException;
import eu.cloverwatch.policy.compare.PolicyComparison;
import eu.cloverwatch.policy.compare.TooManySituationsException;
import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.PolicyTopic;
import eu.cloverwatch.wire.RecordSerde;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes a revision of a policy, after what it claims of itself is proved, and shows what it changes.",
            "FILE#2 is the second document of a file."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PolicyPublishCommand implements Callable<Integer> {

    /** So that every monitor has the policy before the events it governs. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    @Parameters(paramLabel = "FILE", description = "The policy.")
    private String file;

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The configuration, .properties.")
    private Path config;

    @Option(names = "--author", paramLabel = "NAME", description = "Who publishes it. Default: the system's user name.")
    private String author = System.getProperty("user.name", "unknown");

    @Option(
            names = "--effective-from",
            paramLabel = "T",
            description = "Publish the document with this effective_from in place of its own, ISO-8601.")
    private @Nullable String effectiveFrom;

    @Option(
            names = "--force",
            description =
                    "Publish although effective_from is less than a minute ahead: in force from now on, and events of the"
                            + " next moments may still be judged by the revision before.")
    private boolean force;

    @Option(names = "--dry-run", description = "Do everything but publish.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PolicyFile named = PolicyFile.open(file);
        PolicyDocument document = effective(named);
        if (document.recordedAt().isPresent()) {
            throw new UserError(named.name() + ": expected no recorded_at, publishing sets it");
        }
        PolicyFile.prove(named.path(), document);
        Configuration configuration = Configuration.load(config, System.getenv(), Map.of());
        try (RecordSerde serde = ConfiguredSerde.open(configuration)) {
            publish(new PolicyFile(named.name(), named.path(), document), new PolicyTopic(configuration, serde));
        }
        return ExitCode.FINE.code();
    }

    private void publish(PolicyFile policy, PolicyTopic topic) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        PublishedPolicies published = new PublishedPolicies(topic.revisions(err::println), err::println);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        PolicyRevision revision = revision(policy.document(), now);
        Optional<Published> before = published.inForceAt(revision.inForceFrom());
        if (before.filter(same -> same.revision().sha256().equals(revision.sha256()))
                .isPresent()) {
            err.println("nothing to publish: this document is published, "
                    + before.get().name());
            return;
        }
        checkAhead(policy.document(), now);
        show(policy.document(), before, published.nextAfter(revision.inForceFrom()), err);
        if (dryRun) {
            err.println("not published: dry run");
            out.println("sha256 " + revision.sha256());
        } else {
            String place = topic.publish(revision);
            out.println("sha256 " + revision.sha256());
            out.println("published " + place + ", in force from " + revision.inForceFrom());
        }
        out.flush();
    }

    private PolicyRevision revision(PolicyDocument document, Instant now) {
        return new PolicyRevision(
                document.policy().policyId(),
                document.effectiveFrom(),
                now,
                author,
                document.policy().sha256(),
                document.text());
    }

    private void checkAhead(PolicyDocument document, Instant now) {
        if (!force && document.effectiveFrom().isBefore(now.plus(AHEAD))) {
            throw new UserError(file + ": expected an effective_from at least a minute ahead, found "
                    + document.effectiveFrom() + ", and it is " + now
                    + "; a policy is never retroactive, and must be everywhere before the events it governs."
                    + " --effective-from sets another, --force publishes it as in force from now on");
        }
    }

    private static void show(
            PolicyDocument document, Optional<Published> before, Optional<Published> next, PrintWriter err) {
        if (before.isEmpty()) {
            err.println("no revision would be in force without it: nothing to compare it with");
        } else {
            err.println("compared with " + before.get().name() + ":");
            PolicyDocument other = before.get().document();
            try {
                PolicyComparison comparison = PolicyComparison.of(other.policy(), document.policy());
                new PolicyDifferences(other, document, comparison).print(err, false);
            } catch (TooManySituationsException e) {
                err.println("not compared: " + e.getMessage());
            }
        }
        next.ifPresent(later -> err.println("it will be followed by " + later.name()));
        err.flush();
    }

    /** The document, with the time that the user asks for. */
    private PolicyDocument effective(PolicyFile named) {
        if (effectiveFrom == null) {
            return named.document();
        }
        try {
            Instant from = Times.parse(effectiveFrom);
            return named.document().effectiveFrom().equals(from)
                    ? named.document()
                    : named.document().withEffectiveFrom(from);
        } catch (IllegalArgumentException e) {
            throw new UserError("--effective-from: " + e.getMessage() + ", found '" + effectiveFrom + "'", e);
        } catch (PolicyException e) {
            throw new UserError(named.name() + ": " + e.getMessage(), e);
        }
    }
}
