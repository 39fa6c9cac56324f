package eu.cloverwatch.policy.compare;

import eu.cloverwatch.policy.Interval;
import eu.cloverwatch.policy.Policy;
import eu.cloverwatch.policy.Site;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sites at times that no policy at hand tells apart: what a policy says of a site changes only at the borders of its intervals,
 * so that one moment between two borders stands for all of them.
 *
 * @param site one that is in this state
 * @param at when it is, if possible while all of the policies are in force
 * @param countries where the policies have it, each once, in the order of the policies; empty: none lists it
 * @param label which sites are in this state, and when
 */
record SiteState(String site, Instant at, List<String> countries, String label) {

    private static final int SHOWN = 3;

    /** Half open; null: without end on this side. */
    private record Span(@Nullable Instant from, @Nullable Instant until) {

        Instant moment(Instant preferred) {
            if ((from == null || !preferred.isBefore(from)) && (until == null || preferred.isBefore(until))) {
                return preferred;
            } else if (from == null) {
                return until == null ? preferred : until.minusMillis(1);
            }
            return from;
        }

        /** The two as one, if this ends as the next one starts. */
        Optional<Span> joined(Span next) {
            return until != null && until.equals(next.from)
                    ? Optional.of(new Span(from, next.until))
                    : Optional.empty();
        }

        String label() {
            return (from == null ? "" : " from " + from) + (until == null ? "" : " until " + until);
        }
    }

    private record Member(String site, Span span) {}

    /** What one policy says of a site at a moment, as far as it matters to a judgement. */
    private record Seen(boolean listed, boolean enclave, boolean legacy, BitSet recipient) {

        static Seen of(Optional<Site> site, Instant at, List<Predicate<String>> questions) {
            return new Seen(
                    site.isPresent(),
                    site.filter(s -> s.isEnclaveAt(at)).isPresent(),
                    site.filter(s -> s.isLegacyAt(at)).isPresent(),
                    site.map(s -> EquivalenceClass.answers(s.country(), questions))
                            .orElseGet(BitSet::new));
        }
    }

    /**
     * @param questions what is asked of a country that data reaches
     * @param preferred a moment at which all of the policies are in force
     */
    static List<SiteState> all(Collection<Policy> policies, List<Predicate<String>> questions, Instant preferred) {
        Set<String> ids = new LinkedHashSet<>();
        policies.forEach(policy -> ids.addAll(policy.terms().sites().keySet()));
        ids.add(Questions.unlike(ids, "unlisted-site"));
        Map<List<?>, List<Member>> states = new LinkedHashMap<>();
        for (String id : ids) {
            for (Span span : spans(policies)) {
                List<Object> state = new ArrayList<>();
                policies.forEach(policy -> state.add(Seen.of(policy.site(id), span.moment(preferred), questions)));
                // A site that is not in one country for all of them is like no other.
                state.add(countries(id, policies).size() > 1 ? id : "");
                states.computeIfAbsent(state, s -> new ArrayList<>()).add(new Member(id, span));
            }
        }
        return states.values().stream()
                .map(members -> of(members, policies, preferred))
                .toList();
    }

    private static SiteState of(List<Member> members, Collection<Policy> policies, Instant preferred) {
        Member first = members.stream()
                .filter(member -> !member.span().moment(preferred).isBefore(preferred))
                .findFirst()
                .orElse(members.get(0));
        List<String> countries = countries(first.site(), policies);
        return new SiteState(
                first.site(), first.span().moment(preferred), countries, label(members, countries.isEmpty()));
    }

    private static List<String> countries(String id, Collection<Policy> policies) {
        return policies.stream()
                .flatMap(policy -> policy.site(id).stream())
                .map(Site::country)
                .distinct()
                .toList();
    }

    private static List<Span> spans(Collection<Policy> policies) {
        TreeSet<Instant> borders = new TreeSet<>();
        for (Policy policy : policies) {
            for (Site site : policy.terms().sites().values()) {
                Optional.ofNullable(site.legacyUntil()).ifPresent(borders::add);
                for (Interval interval : site.enclave()) {
                    borders.add(interval.from());
                    Optional.ofNullable(interval.until()).ifPresent(borders::add);
                }
            }
        }
        List<Span> spans = new ArrayList<>();
        Instant from = null;
        for (Instant border : borders) {
            spans.add(new Span(from, border));
            from = border;
        }
        spans.add(new Span(from, null));
        return spans;
    }

    private static String label(List<Member> members, boolean unlisted) {
        if (unlisted) {
            return "a site that is not listed";
        }
        Map<String, List<Span>> spans = new LinkedHashMap<>();
        for (Member member : members) {
            List<Span> ofSite = spans.computeIfAbsent(member.site(), site -> new ArrayList<>());
            Optional<Span> joined = ofSite.isEmpty()
                    ? Optional.empty()
                    : ofSite.get(ofSite.size() - 1).joined(member.span());
            joined.ifPresentOrElse(span -> ofSite.set(ofSite.size() - 1, span), () -> ofSite.add(member.span()));
        }
        String shown = spans.entrySet().stream()
                .limit(SHOWN)
                .map(site -> site.getKey()
                        + site.getValue().stream().map(Span::label).collect(Collectors.joining(" and")))
                .collect(Collectors.joining(", "));
        return spans.size() <= SHOWN ? shown : shown + " and " + (spans.size() - SHOWN) + " more";
    }
}
