package eu.cloverwatch.audit.verify;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The hash chains of the violations topic: each record is whole, follows the one before, and none is missing. Compaction may take
 * superseded revisions, and retention the beginning: what they explain is no difference.
 */
final class Chains {

    private static final Comparator<Link> ORDER = Comparator.comparingLong(Link::sequence);

    private final Map<String, List<Link>> chains = new TreeMap<>();
    private final boolean beginningsKept;
    private final List<Difference> differences = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();

    /** @param beginningsKept whether retention has left the topic's first records */
    Chains(List<Link> links, boolean beginningsKept) {
        this.beginningsKept = beginningsKept;
        links.forEach(link ->
                chains.computeIfAbsent(link.chain(), id -> new ArrayList<>()).add(link));
    }

    List<Difference> verify() {
        chains.values().forEach(this::verify);
        return differences;
    }

    /** Event ids of records that are not what their writer wrote. */
    Set<String> broken() {
        return broken;
    }

    private void verify(List<Link> links) {
        links.sort(ORDER);
        Link before = null;
        List<Long> missing = new ArrayList<>();
        if (beginningsKept) {
            missing(0, links.get(0).sequence(), missing);
        }
        for (Link link : links) {
            if (!link.whole()) {
                differ(link, "the hash of its content", "another hash", "the record was changed after it was written");
            } else if (before != null) {
                follow(before, link, missing);
            } else if (link.sequence() == 0 && link.previousHash().hasRemaining()) {
                differ(
                        link,
                        "no previous hash, as it is the first",
                        hex(link.previousHash()),
                        "inserted by another writer");
            }
            before = link;
        }
        if (missing.size() > superseded(links)) {
            lost(links.get(0).chain(), missing);
        }
    }

    private void follow(Link before, Link link, List<Long> missing) {
        if (link.sequence() == before.sequence()) {
            differ(
                    link,
                    "one record of sequence " + link.sequence(),
                    "another at " + before.place(),
                    "inserted by another writer");
        } else if (link.sequence() == before.sequence() + 1) {
            if (!link.previousHash().equals(before.hash())) {
                differ(
                        link,
                        "the hash of " + before.place() + " as its previous hash",
                        hex(link.previousHash()),
                        "the record before it was replaced");
            }
        } else {
            missing(before.sequence() + 1, link.sequence(), missing);
        }
    }

    private static void missing(long from, long to, List<Long> missing) {
        for (long sequence = from; sequence < to; sequence++) {
            missing.add(sequence);
        }
    }

    /** How many records of this chain compaction may have taken: revisions before the last one that is there. */
    private static long superseded(List<Link> links) {
        Map<String, Integer> last = new HashMap<>();
        Set<String> there = new HashSet<>();
        links.forEach(link -> {
            last.merge(link.violationId(), link.revision(), Math::max);
            there.add(link.violationId() + "/" + link.revision());
        });
        long written =
                last.values().stream().mapToLong(revision -> revision + 1L).sum();
        return written - there.size();
    }

    private void lost(String chain, List<Long> missing) {
        differences.add(new Difference(
                Difference.Kind.CHAIN,
                chain,
                "sequence " + ranges(missing),
                "a record each",
                "none",
                "removed from the violations topic: more than compaction takes"));
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

    private static String ranges(List<Long> numbers) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < numbers.size(); ) {
            int end = i;
            while (end + 1 < numbers.size() && numbers.get(end + 1) == numbers.get(end) + 1) {
                end++;
            }
            text.append(i == 0 ? "" : ", ").append(numbers.get(i));
            if (end > i) {
                text.append("..").append(numbers.get(end));
            }
            i = end + 1;
        }
        return text.toString();
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy.length == 0 ? "none" : HexFormat.of().formatHex(copy);
    }
}
