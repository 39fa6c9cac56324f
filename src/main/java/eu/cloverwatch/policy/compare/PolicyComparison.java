package eu.cloverwatch.policy.compare;

import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.policy.Policy;
import eu.cloverwatch.policy.compare.Cover.Cube;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What two policies judge differently, as if either were in force at all times. Both judge one situation of every kind that they
 * can tell from another; see docs/adr/0010-policy-comparison.md for why that suffices.
 */
public final class PolicyComparison {

    private static final int SAME = 0;
    private static final int IMPOSSIBLE = -1;

    private final Situations situations;
    private final int[] changeOf;
    private final List<Change> changes = Collections.synchronizedList(new ArrayList<>());
    private final Map<Change, Integer> numbers = new ConcurrentHashMap<>();
    private final List<Listed> listed = new ArrayList<>();

    /** How a situation is judged differently; both outcomes are there, too, if they are the same. */
    private record Change(Outcome before, Outcome after, SortedSet<RuleChange> rules) {

        boolean isNone() {
            return before == after && rules.isEmpty();
        }

        /** What it is listed under: the outcomes, or each rule where they are the same. */
        List<Heading> headings() {
            return before == after
                    ? rules.stream()
                            .map(rule -> new Heading(before, after, rule))
                            .toList()
                    : List.of(new Heading(before, after, null));
        }
    }

    /** In the order of the list: what was compliant, or is now, before what is a violation by both. */
    private record Heading(
            Outcome before, Outcome after, @Nullable RuleChange rule) implements Comparable<Heading> {

        private static final Comparator<Heading> ORDER = Comparator.<Heading, Boolean>comparing(
                        heading -> heading.rule != null)
                .thenComparing(heading -> isAlarm(heading.before) == isAlarm(heading.after))
                .thenComparing(Heading::before)
                .thenComparing(Heading::after)
                .thenComparing(Heading::rule, Comparator.nullsFirst(Comparator.naturalOrder()));

        private static boolean isAlarm(Outcome outcome) {
            return outcome == Outcome.VIOLATION || outcome == Outcome.UNDECIDABLE;
        }

        @Override
        public int compareTo(Heading other) {
            return ORDER.compare(this, other);
        }
    }

    private record Listed(EventClass events, Cube cube) {}

    private PolicyComparison(Policy before, Policy after) {
        situations = Situations.of(List.of(before, after), List.of());
        changeOf = new int[situations.count()];
        Change none = new Change(Outcome.IN_REGION, Outcome.IN_REGION, new TreeSet<>());
        changes.add(none);
        IntStream.range(0, changeOf.length)
                .parallel()
                .forEach(number -> changeOf[number] = judge(situations.situation(number), before, after));
        list();
    }

    /** @throws TooManySituationsException if the policies tell too many situations apart */
    public static PolicyComparison of(Policy before, Policy after) {
        return new PolicyComparison(before, after);
    }

    private int judge(Situation situation, Policy before, Policy after) {
        if (!situation.isPossible()) {
            return IMPOSSIBLE;
        }
        Judgement first = situation.judgedBy(before);
        Judgement second = situation.judgedBy(after);
        Change change = new Change(first.outcome(), second.outcome(), RuleChange.between(first, second));
        return change.isNone() ? SAME : numbers.computeIfAbsent(change, this::add);
    }

    private int add(Change change) {
        synchronized (changes) {
            changes.add(change);
            return changes.size() - 1;
        }
    }

    private void list() {
        Map<Heading, BitSet> byHeading = new TreeMap<>();
        for (Change change : List.copyOf(changes)) {
            change.headings().forEach(heading -> byHeading.computeIfAbsent(heading, h -> new BitSet()));
        }
        byHeading.forEach((heading, ofHeading) -> {
            BitSet numbersOfHeading = new BitSet();
            for (int change = 1; change < changes.size(); change++) {
                numbersOfHeading.set(change, changes.get(change).headings().contains(heading));
            }
            Cover cover = new Cover(
                    situations.sizes(),
                    number -> changeOf[number] == IMPOSSIBLE
                            || (changeOf[number] > SAME && numbersOfHeading.get(changeOf[number])));
            BitSet wanted = new BitSet(changeOf.length);
            for (int number = 0; number < changeOf.length; number++) {
                wanted.set(number, changeOf[number] > SAME && numbersOfHeading.get(changeOf[number]));
            }
            cover.of(wanted).forEach(cube -> listed.add(new Listed(events(heading, cube, cover), cube)));
        });
    }

    private EventClass events(Heading heading, Cube cube, Cover cover) {
        AtomicInteger count = new AtomicInteger();
        AtomicInteger example = new AtomicInteger(IMPOSSIBLE);
        BitSet seen = new BitSet();
        cover.all(cube, number -> {
            if (changeOf[number] != IMPOSSIBLE) {
                count.incrementAndGet();
                seen.set(changeOf[number]);
                boolean first = example.get() == IMPOSSIBLE;
                if (first || !situations.situation(example.get()).isRecordable()) {
                    if (first || situations.situation(number).isRecordable()) {
                        example.set(number);
                    }
                }
            }
            return true;
        });
        SortedSet<RuleChange> rules = new TreeSet<>();
        if (heading.rule() == null) {
            seen.stream().forEach(change -> rules.addAll(changes.get(change).rules()));
        } else {
            rules.add(heading.rule());
        }
        return new EventClass(
                heading.before(),
                heading.after(),
                Collections.unmodifiableSortedSet(rules),
                situations.describe(cube.values()),
                count.get(),
                situations.situation(example.get()));
    }

    /** Whether both judge everything alike. */
    public boolean isSame() {
        return listed.isEmpty();
    }

    /** How many situations were judged by both. */
    public long situations() {
        return Arrays.stream(changeOf).filter(change -> change != IMPOSSIBLE).count();
    }

    /** How many of them were judged differently. */
    public long different() {
        return Arrays.stream(changeOf).filter(change -> change > SAME).count();
    }

    /** All that is judged differently; classes may overlap. */
    public List<EventClass> classes() {
        return listed.stream().map(Listed::events).toList();
    }

    /** What was gone through, for tests. */
    Situations walked() {
        return situations;
    }

    /** The classes that hold a situation, given by its digits. */
    List<EventClass> classesOf(int[] digits) {
        return listed.stream()
                .filter(one -> one.cube().contains(digits))
                .map(Listed::events)
                .toList();
    }
}
