package eu.cloverwatch.audit.verify;

import eu.cloverwatch.audit.replay.TopicReader.Range;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The hash chains of the violations topic: each record is whole, follows the one before, and none is missing. Compaction may take
 * superseded revisions, and retention the beginning: what they explain is no difference.
 */
final class Chains {

    private static final Comparator<Link> ORDER =
            Comparator.comparing(Link::chain).thenComparingLong(Link::sequence);

    private final Collection<Published> partitions;
    private final List<Range> shortened;
    /** All of them: chain by chain, each by sequence. */
    private final List<Link> links = new ArrayList<>();

    private final List<Difference> differences = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();
    private boolean complete = true;

    /** Sequence numbers that are not there, both bounds inclusive. */
    private record Gap(long from, long to) {
        long length() {
            return to - from + 1;
        }

        @Override
        public String toString() {
            return from == to ? Long.toString(from) : from + ".." + to;
        }
    }

    Chains(Collection<Published> partitions) {
        this.partitions = partitions;
        this.shortened = partitions.stream()
                .map(Published::range)
                .filter(range -> range.beginning() > 0)
                .toList();
        partitions.forEach(partition -> {
            differences.addAll(partition.foreign());
            links.addAll(partition.links());
        });
        links.sort(ORDER);
    }

    Chains verify() {
        runs(links, (a, b) -> a.chain().equals(b.chain())).forEach(this::verify);
        writers();
        return this;
    }

    /** Neighbours that are alike, together. */
    private static Stream<List<Link>> runs(List<Link> sorted, BiPredicate<Link, Link> alike) {
        Stream.Builder<List<Link>> runs = Stream.builder();
        int from = 0;
        for (int i = 1; i <= sorted.size(); i++) {
            if (i == sorted.size() || !alike.test(sorted.get(from), sorted.get(i))) {
                runs.add(sorted.subList(from, i));
                from = i;
            }
        }
        return runs.build();
    }

    List<Difference> differences() {
        return differences;
    }

    long links() {
        return links.size();
    }

    /** Ids of violations of which there are records that are not what their writer wrote. */
    Set<String> broken() {
        return broken;
    }

    /** Whether every record that was ever written is still there. */
    boolean isComplete() {
        return complete
                && shortened.isEmpty()
                && partitions.stream().allMatch(partition -> partition.range().isWhole());
    }

    /** All links, in no order. */
    Collection<Link> all() {
        return links;
    }

    private void verify(List<Link> links) {
        long horizon = horizon(links);
        List<Gap> missing = new ArrayList<>();
        if (horizon < links.get(0).sequence()) {
            missing.add(new Gap(horizon, links.get(0).sequence() - 1));
        }
        Link before = null;
        for (Link link : links) {
            if (!link.whole()) {
                differ(link, "the hash of its content", "another hash", "the record was changed after it was written");
            } else if (before != null) {
                follow(before, link, horizon, missing);
            } else if (link.sequence() == 0 && link.hasPrevious()) {
                differ(link, "no previous hash, as it is the first", link.previousHash(), "inserted by another writer");
            }
            before = link;
        }
        lost(links, upTo(end(links.get(0).chain()), missing));
    }

    /**
     * Up to which sequence, inclusive, nothing may be missing. The writer goes on while the ends of the partitions are asked for,
     * and of a transaction that spans some the one end may be before it, the other after it. Records before the ends that were
     * asked for first belong to transactions whose other records are before the ends that were asked for next, if none is open.
     */
    private long end(String chain) {
        long end = -1;
        for (Published partition : partitions) {
            end = Math.max(end, partition.settled(chain));
        }
        for (Published partition : partitions) {
            end = Math.min(end, partition.readable(chain));
        }
        return end;
    }

    private static List<Gap> upTo(long end, List<Gap> gaps) {
        return gaps.stream()
                .filter(gap -> gap.from() <= end)
                .map(gap -> new Gap(gap.from(), Math.min(gap.to(), end)))
                .toList();
    }

    /**
     * From which sequence on nothing may have been taken by retention. A chain runs through all partitions, and each loses its
     * oldest records in its own time.
     */
    private long horizon(List<Link> links) {
        long horizon = 0;
        for (Range range : shortened) {
            horizon = Math.max(
                    horizon,
                    links.stream()
                            .filter(link ->
                                    link.partition() == range.partition().partition())
                            .mapToLong(Link::sequence)
                            .min()
                            .orElse(Long.MAX_VALUE));
        }
        return horizon;
    }

    private void follow(Link before, Link link, long horizon, List<Gap> missing) {
        if (link.sequence() == before.sequence()) {
            differ(
                    link,
                    "one record of sequence " + link.sequence(),
                    "another at " + place(before),
                    "inserted by another writer");
        } else if (link.sequence() > before.sequence() + 1) {
            long from = Math.max(before.sequence() + 1, horizon);
            if (from < link.sequence()) {
                missing.add(new Gap(from, link.sequence() - 1));
            }
        } else if (!link.follows(before)) {
            differ(
                    link,
                    "the hash of " + place(before) + " as its previous hash",
                    link.previousHash(),
                    "the record before it was replaced");
        }
    }

    /** Compaction takes revisions before the last one that is there; what is missing beyond that was removed. */
    private void lost(List<Link> links, List<Gap> missing) {
        long count = missing.stream().mapToLong(Gap::length).sum();
        complete &= count == 0;
        if (count > 0 && count > superseded(links)) {
            String sequences = missing.stream().map(Gap::toString).collect(Collectors.joining(", "));
            differences.add(new Difference(
                    Difference.Kind.CHAIN,
                    links.get(0).chain(),
                    "sequence " + sequences,
                    "a record each",
                    "none",
                    "removed from the violations topic: more than compaction takes"));
        }
    }

    /** How many revisions are not there of which there is a later one. */
    private static long superseded(List<Link> links) {
        List<Link> revisions = new ArrayList<>(links);
        revisions.sort(Link.BY_EVENT.thenComparingInt(Link::revision));
        long superseded = 0;
        Link before = null;
        for (Link link : revisions) {
            int next = before != null && before.isOfSameEvent(link) ? before.revision() + 1 : 0;
            superseded += Math.max(0, link.revision() - next);
            before = link;
        }
        return superseded;
    }

    /** Everything about an event is said by one writer. */
    private void writers() {
        List<Link> sorted = new ArrayList<>(links);
        sorted.sort(Link.BY_VIOLATION);
        Link first = null;
        for (Link link : sorted) {
            if (first == null || !first.isOfSameViolation(link)) {
                first = link;
            } else if (!first.chain().equals(link.chain())) {
                differ(link, "a record of chain " + first.chain(), link.chain(), "inserted by another writer");
            }
        }
    }

    /** {@code topic-partition@offset} of the record. */
    private String place(Link link) {
        String topic = partitions.iterator().next().range().partition().topic();
        return topic + "-" + link.partition() + "@" + link.offset();
    }

    private void differ(Link link, String expected, String found, String cause) {
        broken.add(link.violationId());
        differences.add(new Difference(
                Difference.Kind.CHAIN,
                place(link),
                "violation " + link.violationId() + " of " + link.event() + ", revision " + link.revision()
                        + ", sequence " + link.sequence() + " of " + link.chain(),
                expected,
                found,
                cause));
    }
}
