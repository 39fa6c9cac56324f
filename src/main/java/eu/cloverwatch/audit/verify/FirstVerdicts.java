package eu.cloverwatch.audit.verify;

import eu.cloverwatch.v1.Verdict;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

/** What was first said of events, before any late fact: eight bytes for each. */
final class FirstVerdicts {

    private final Map<Of, long[]> offsets = new HashMap<>();

    private record Of(int partition, Verdict verdict) {}

    FirstVerdicts(Collection<Link> links) {
        Map<Of, LongStream.Builder> found = new HashMap<>();
        for (Link link : links) {
            if (link.first()) {
                found.computeIfAbsent(new Of(link.sourcePartition(), link.verdict()), key -> LongStream.builder())
                        .add(link.sourceOffset());
            }
        }
        found.forEach(
                (of, all) -> offsets.put(of, all.build().sorted().distinct().toArray()));
    }

    /**
     * How many events this was first said of.
     *
     * @param partition of the source
     * @param from inclusive
     * @param to inclusive, not the greatest number that there is
     */
    long count(int partition, Verdict verdict, long from, long to) {
        long[] all = offsets.getOrDefault(new Of(partition, verdict), new long[0]);
        return before(all, to + 1) - before(all, from);
    }

    private static long before(long[] sorted, long offset) {
        int place = Arrays.binarySearch(sorted, offset);
        return place < 0 ? -place - 1 : place;
    }
}
