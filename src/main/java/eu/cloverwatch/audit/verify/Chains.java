package eu.cloverwatch.audit.verify;

import eu.cloverwatch.audit.replay.TopicReader.Range;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The hash chains of the violations topic: each record is whole, follows the one before, and none is missing. Compaction may take
 * superseded revisions, and retention the beginning: what they explain is no difference.
 */
final class Chains {

    private static final Comparator<Link> ORDER = Comparator.comparingLong(Link::sequence);

    private final Map<String, List<Link>> chains = new TreeMap<>();
    private final Collection<Published> partitions;
    private final List<Range> shortened;
    private final List<Difference> differences = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();
    private long links;
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
            partition.links().forEach(link -> {
                links++;
                chains.computeIfAbsent(link.chain(), id -> new ArrayList<>()).add(link);
            });
        });
    }

    Chains verify() {
        chains.values().forEach(this::verify);
        writers();
        return this;
    }

    List<Difference> differences() {
        return differences;
    }

    long links() {
        return links;
    }

    /** Event ids of records that are not what their writer wrote. */
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
        return chains.values().stream().flatMap(List::stream).toList();
    }

    private void verify(List<Link> links) {
        links.sort(ORDER);
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
            } else if (link.sequence() == 0 && link.previousHash().hasRemaining()) {
                differ(
                        link,
                        "no previous hash, as it is the first",
                        Hex.of(link.previousHash()),
                        "inserted by another writer");
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
                    "another at " + before.place(),
                    "inserted by another writer");
        } else if (link.sequence() > before.sequence() + 1) {
            long from = Math.max(before.sequence() + 1, horizon);
            if (from < link.sequence()) {
                missing.add(new Gap(from, link.sequence() - 1));
            }
        } else if (!link.previousHash().equals(before.hash())) {
            differ(
                    link,
                    "the hash of " + before.place() + " as its previous hash",
                    Hex.of(link.previousHash()),
                    "the record before it was replaced");
        }
    }

    /** Compaction takes revisions before the last one that is there; what is missing beyond that was removed. */
    private void lost(List<Link> links, List<Gap> missing) {
        long count = missing.stream().mapToLong(Gap::length).sum();
        complete &= count == 0;
        if (count > superseded(links)) {
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

    private static long superseded(List<Link> links) {
        Map<String, Integer> last = new HashMap<>();
        Set<String> there = new HashSet<>();
        links.forEach(link -> {
            last.merge(link.event(), link.revision(), Math::max);
            there.add(link.event() + "/" + link.revision());
        });
        long written =
                last.values().stream().mapToLong(revision -> revision + 1L).sum();
        return written - there.size();
    }

    /** Everything about an event is said by one writer. */
    private void writers() {
        Map<String, Link> first = new HashMap<>();
        for (List<Link> chain : chains.values()) {
            for (Link link : chain) {
                Link other = first.putIfAbsent(link.event() + "/" + link.violationId(), link);
                if (other != null && !other.chain().equals(link.chain())) {
                    differ(link, "a record of chain " + other.chain(), link.chain(), "inserted by another writer");
                }
            }
        }
    }

    private void differ(Link link, String expected, String found, String cause) {
        broken.add(link.eventId());
        differences.add(new Difference(
                Difference.Kind.CHAIN,
                link.place(),
                "event " + link.eventId() + ", revision " + link.revision() + ", sequence " + link.sequence() + " of "
                        + link.chain(),
                expected,
                found,
                cause));
    }
}
