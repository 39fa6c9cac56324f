package eu.cloverwatch.policy.compare;

import eu.cloverwatch.policy.Policy;
import eu.cloverwatch.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Policies over few names, so that they overlap in all ways: rows that repeat, contradict and shadow each other included. */
final class RandomPolicy {

    static final List<String> COUNTRIES = List.of("DE", "US", "JP", "CN");
    static final List<String> SITES = List.of("east", "west");
    static final List<String> CATEGORIES = List.of("NAME", "EMAIL", "PUBLIC_VIDEO");
    static final List<String> PURPOSES = List.of("ADVERTISING", "RESEARCH");
    static final List<String> TIMES = List.of("2024-01-01T00:00:00Z", "2024-06-01T00:00:00Z");

    private final Random random;

    RandomPolicy(Random random) {
        this.random = random;
    }

    /** Two policies that have nothing to do with each other, or of which the second changes some lines of the first. */
    List<Policy> pair() {
        List<String> first = lines();
        List<String> second = lines();
        if (random.nextInt(4) > 0) {
            List<String> changed = new ArrayList<>(first);
            for (int i = 0; i <= random.nextInt(3); i++) {
                int line = random.nextInt(changed.size());
                changed.set(line, second.get(line));
            }
            second = changed;
        }
        return List.of(parse(first), parse(second));
    }

    /** One policy with a property that it may or may not keep. */
    Policy claiming() {
        List<String> lines = new ArrayList<>(lines());
        lines.add("never: [{destinations: " + (random.nextInt(4) == 0 ? "any" : some(COUNTRIES)) + ", categories: "
                + selection()
                + maybe("protection: " + some(List.of("RAW", "PSEUDONYMISED", "AGGREGATED")))
                + maybe("residents: " + some(COUNTRIES))
                + maybe("purposes: " + some(PURPOSES))
                + maybe("minors: only")
                + maybe("without: " + some(List.of("gateway", "consent"))) + "}]");
        return parse(lines);
    }

    private static Policy parse(List<String> lines) {
        return PolicyDocument.parse(
                        "policy_id: test\neffective_from: 2023-01-01T00:00:00Z\n" + String.join("\n", lines))
                .policy();
    }

    private List<String> lines() {
        List<String> sites = SITES.stream()
                .filter(site -> random.nextInt(5) > 0)
                .map(this::site)
                .collect(Collectors.toCollection(ArrayList::new));
        sites.add("{id: only-" + random.nextInt(2) + ", country: " + pick(COUNTRIES) + "}");
        return List.of(
                "protected_residents: " + some(COUNTRIES),
                "region: " + some(COUNTRIES),
                "sites: [" + String.join(", ", sites) + "]",
                "restricted_categories: " + some(CATEGORIES),
                "exempt: "
                        + rows(() -> "{protection: " + some(List.of("RAW", "PSEUDONYMISED", "PUBLIC"))
                                + maybe("categories: " + some(CATEGORIES)) + "}"),
                "denied: " + rows(() -> "{destinations: " + some(COUNTRIES) + ", categories: " + selection() + "}"),
                "consent_required_for: " + (random.nextBoolean() ? "[]" : some(PURPOSES)),
                "minors: {egress: " + (random.nextBoolean() ? "allow" : "deny") + "}",
                "severity: " + (random.nextBoolean() ? "{}" : "{GATEWAY_SCOPE_EXCEEDED: LOW, SITE_UNKNOWN: HIGH}"));
    }

    private String site(String id) {
        String enclave = switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> ", enclave: [{from: " + TIMES.get(0) + ", until: " + TIMES.get(1) + "}]";
            default -> ", enclave: [{from: " + pick(TIMES) + "}]";
        };
        return "{id: " + id + ", country: " + pick(COUNTRIES) + enclave + maybe("legacy_until: " + pick(TIMES)) + "}";
    }

    private String rows(java.util.function.Supplier<String> row) {
        List<String> rows = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            rows.add(row.get());
        }
        return "[" + String.join(", ", rows) + "]";
    }

    private String selection() {
        return switch (random.nextInt(3)) {
            case 0 -> "any";
            case 1 -> "restricted";
            default -> some(CATEGORIES);
        };
    }

    private String maybe(String entry) {
        return random.nextInt(3) == 0 ? ", " + entry : "";
    }

    private String some(List<String> values) {
        List<String> some = new ArrayList<>(
                values.stream().filter(value -> random.nextInt(3) == 0).toList());
        if (some.isEmpty()) {
            some.add(pick(values));
        }
        return "[" + String.join(", ", some) + "]";
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
