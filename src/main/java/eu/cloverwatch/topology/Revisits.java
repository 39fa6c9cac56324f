package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.Revisit;
import eu.cloverwatch.internal.v1.RevisitIndex;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What facts have left to be judged again, first come first served: ranges of remembered events, gone through in portions. A
 * fact may concern a million events; a transaction that holds all of them would outlive its time-out, and never end.
 */
final class Revisits {

    private final KeyValueStore<Long, Revisit> queue;
    private final Index index;
    private final Visitor visitor;
    private final int portion;

    /** Where the remembered events are found. */
    interface Index {

        /** Entries from and to these keys, both inclusive, of what the revisit goes through. */
        KeyValueIterator<byte[], ?> range(RevisitIndex kind, byte[] from, byte[] to);

        /** The key of the event that an entry stands for. */
        byte[] eventKey(RevisitIndex kind, KeyValue<byte[], ?> entry);

        /** The key of the entry that stands for the event of this key; null if there is none. */
        byte @Nullable [] entryKey(RevisitIndex kind, byte[] eventKey);
    }

    /** Judges the event of this key again, if it is one that the fact concerns. */
    interface Visitor {
        void visit(byte[] key, Revisit revisit);
    }

    /**
     * @param queue by number, in order of arrival
     * @param portion number of events that are gone through at once, at least 1
     */
    Revisits(KeyValueStore<Long, Revisit> queue, Index index, Visitor visitor, int portion) {
        this.queue = queue;
        this.index = index;
        this.visitor = visitor;
        this.portion = portion;
    }

    /**
     * Goes through a portion of them, if nothing comes before, and keeps the rest. Most facts concern no event that is
     * remembered: to write each into the queue and delete it at once would leave two records in the changelog, which every
     * restart reads.
     *
     * @param revisits of one fact, however many: they share the portion
     */
    void add(List<Revisit> revisits) {
        boolean waits = !isEmpty();
        int left = waits ? 0 : portion;
        long number = last() + 1;
        for (Revisit revisit : revisits) {
            Pass pass = left == 0 ? new Pass(0, revisit) : pass(revisit, left);
            left -= pass.events();
            if (pass.rest() != null) {
                queue.put(number++, pass.rest());
            }
        }
        if (waits) {
            proceed();
        }
    }

    private long last() {
        try (KeyValueIterator<Long, Revisit> last = queue.reverseAll()) {
            return last.hasNext() ? last.next().key : -1;
        }
    }

    boolean isEmpty() {
        return first() == null;
    }

    private @Nullable KeyValue<Long, Revisit> first() {
        try (KeyValueIterator<Long, Revisit> first = queue.all()) {
            return first.hasNext() ? first.next() : null;
        }
    }

    /** Goes through a portion of what is left. */
    void proceed() {
        int left = portion;
        for (KeyValue<Long, Revisit> first = first(); first != null && left > 0; first = first()) {
            Pass pass = pass(first.value, left);
            if (pass.rest() == null) {
                queue.delete(first.key);
            } else {
                queue.put(first.key, pass.rest());
            }
            left -= pass.events();
        }
    }

    /**
     * Does what is left to be done for one event. To be called before something else happens to it: what that comes to would
     * rest on facts which have not been taken as the cause of anything.
     */
    void catchUp(byte[] eventKey) {
        List<Revisit> pending = new ArrayList<>();
        try (KeyValueIterator<Long, Revisit> all = queue.all()) {
            all.forEachRemaining(entry -> pending.add(entry.value));
        }
        for (Revisit revisit : pending) {
            byte[] entry = index.entryKey(revisit.getIndex(), eventKey);
            if (entry != null
                    && Arrays.compareUnsigned(Bytes.of(revisit.getFrom()), entry) <= 0
                    && Arrays.compareUnsigned(entry, Bytes.of(revisit.getTo())) <= 0) {
                visitor.visit(eventKey, revisit);
            }
        }
    }

    /**
     * @param events how many it went through
     * @param rest where to go on; null at the end
     */
    private record Pass(int events, @Nullable Revisit rest) {}

    private Pass pass(Revisit revisit, int most) {
        List<byte[]> eventKeys = new ArrayList<>();
        byte[] cursor = keys(revisit, most, eventKeys);
        eventKeys.forEach(key -> visitor.visit(key, revisit));
        Revisit rest = cursor == null
                ? null
                : Revisit.newBuilder(revisit).setFrom(ByteBuffer.wrap(cursor)).build();
        return new Pass(eventKeys.size(), rest);
    }

    /** Collects the next events' keys, as visiting them changes the stores. Returns where to go on; null at the end. */
    private byte @Nullable [] keys(Revisit revisit, int most, List<byte[]> eventKeys) {
        RevisitIndex kind = revisit.getIndex();
        try (KeyValueIterator<byte[], ?> range =
                index.range(kind, Bytes.of(revisit.getFrom()), Bytes.of(revisit.getTo()))) {
            while (range.hasNext() && eventKeys.size() < most) {
                eventKeys.add(index.eventKey(kind, range.next()));
            }
            return range.hasNext() ? range.peekNextKey() : null;
        }
    }
}
