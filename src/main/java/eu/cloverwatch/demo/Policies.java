package eu.cloverwatch.demo;

import eu.cloverwatch.model.Sha256;
import eu.cloverwatch.model.Times;
import eu.cloverwatch.v1.PolicyRevision;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The policies of the generated world, from {@code demo/policy.yaml}: YAML documents one after the other. */
final class Policies {

    static final Instant FIRST_IN_FORCE = Instant.parse("2024-09-01T12:00:00Z");

    /** From here on, personalisation needs consent and GATEWAY_SCOPE_EXCEEDED is graver. */
    static final Instant SECOND_IN_FORCE = Instant.parse("2024-12-01T00:00:00Z");

    private static final String RESOURCE = "/demo/policy.yaml";
    private static final Pattern SEPARATOR = Pattern.compile("(?m)^---\\R");

    private Policies() {}

    /** All revisions, published a day before they come into force. */
    static List<Arrival> facts() {
        return Arrays.stream(SEPARATOR.split(text())).map(Policies::revision).toList();
    }

    private static Arrival revision(String document) {
        Map<?, ?> policy = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(document);
        String id = text(policy, "policy_id");
        Instant effectiveFrom = Times.parse(text(policy, "effective_from"));
        Instant recordedAt = effectiveFrom.minus(Duration.ofDays(1));
        PolicyRevision revision =
                new PolicyRevision(id, effectiveFrom, recordedAt, "policy owner", Sha256.hex(document), document);
        return new Arrival(Topic.POLICIES, id, new Arrival.Value(revision), recordedAt);
    }

    private static String text(Map<?, ?> policy, String key) {
        return Objects.requireNonNull((String) policy.get(key), key);
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(Policies.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
