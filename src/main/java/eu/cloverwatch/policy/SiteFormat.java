package eu.cloverwatch.policy;

import eu.cloverwatch.policy.Fields.Key;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** The {@code sites} of a policy document. */
final class SiteFormat {

    private static final Key<String> ID = Key.required("id", YamlNodes::text);
    private static final Key<String> COUNTRY = Key.required("country", PolicyFormat::country);
    private static final Key<List<Interval>> ENCLAVE = Key.optional("enclave", SiteFormat::intervals, List.of());
    private static final Key<Optional<Instant>> LEGACY_UNTIL = Key.optional("legacy_until", YamlNodes::time);
    private static final Key<Instant> FROM = Key.required("from", YamlNodes::time);
    private static final Key<Optional<Instant>> UNTIL = Key.optional("until", YamlNodes::time);

    private SiteFormat() {}

    private record Located<T>(int line, T value) {}

    /** By id, in the document's order. */
    static Map<String, Site> sites(Node node) {
        Map<String, Integer> lines = new HashMap<>();
        Map<String, Site> sites = new LinkedHashMap<>();
        YamlNodes.list(node, item -> {
            Site site = site(item);
            Integer first = lines.putIfAbsent(site.id(), YamlNodes.line(item));
            if (first != null) {
                throw YamlNodes.error(
                        item,
                        "site '%s' is there twice, first in line %d".formatted(YamlNodes.shown(site.id()), first));
            }
            sites.put(site.id(), site);
            return site;
        });
        return Collections.unmodifiableMap(sites);
    }

    private static Site site(Node node) {
        Fields fields = Fields.of(node, ID, COUNTRY, ENCLAVE, LEGACY_UNTIL);
        return new Site(
                fields.get(ID),
                fields.get(COUNTRY),
                fields.get(ENCLAVE),
                fields.get(LEGACY_UNTIL).orElse(null));
    }

    private static List<Interval> intervals(Node node) {
        List<Located<Interval>> intervals =
                YamlNodes.list(node, item -> new Located<>(YamlNodes.line(item), interval(item)));
        for (int i = 1; i < intervals.size(); i++) {
            for (Located<Interval> earlier : intervals.subList(0, i)) {
                Located<Interval> interval = intervals.get(i);
                if (interval.value().overlaps(earlier.value())) {
                    throw new PolicyException(
                            interval.line(),
                            "this enclave interval overlaps the one in line %d".formatted(earlier.line()));
                }
            }
        }
        return intervals.stream().map(Located::value).toList();
    }

    private static Interval interval(Node node) {
        Fields fields = Fields.of(node, FROM, UNTIL);
        Instant from = fields.get(FROM);
        Optional<Instant> until = fields.get(UNTIL);
        if (until.isPresent() && !until.get().isAfter(from)) {
            throw YamlNodes.error(node, "expected 'until' to be later than 'from'");
        }
        return new Interval(from, until.orElse(null));
    }
}
