package eu.cloverwatch.demo;

import eu.cloverwatch.model.Sha256;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.v1.PolicyRevision;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The policies of the generated world, from {@code demo/policy.yaml}: YAML documents one after the other. */
final class Policies {

    static final Instant FIRST_IN_FORCE = Instant.parse("2024-09-01T12:00:00Z");

    /** From here on, personalisation needs consent and GATEWAY_SCOPE_EXCEEDED is graver. */
    static final Instant SECOND_IN_FORCE = Instant.parse("2024-12-01T00:00:00Z");

    private static final String RESOURCE = "/demo/policy.yaml";

    private Policies() {}

    /** All revisions, published a day before they come into force. */
    static List<Arrival> facts() {
        return PolicyDocument.parseAll(text()).stream().map(Policies::revision).toList();
    }

    private static Arrival revision(PolicyDocument document) {
        String id = document.policy().policyId();
        Instant recordedAt = document.effectiveFrom().minus(Duration.ofDays(1));
        PolicyRevision revision = new PolicyRevision(
                id, document.effectiveFrom(), recordedAt, "policy owner", Sha256.hex(document.text()), document.text());
        return new Arrival(Topic.POLICIES, id, new Arrival.Value(revision), recordedAt);
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(Policies.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
