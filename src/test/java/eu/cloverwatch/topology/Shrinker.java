package eu.cloverwatch.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Makes a list that fails smaller, as long as it fails, by delta debugging (Zeller and Hildebrandt, "Simplifying and isolating
 * failure-inducing input", 2002): it leaves out ever smaller parts, until no single element can be left out.
 */
final class Shrinker<T> {

    private final Predicate<List<T>> fails;

    /** @param fails a function of the list alone */
    Shrinker(Predicate<List<T>> fails) {
        this.fails = fails;
    }

    /**
     * @param failing fails
     * @param simpler what to try in place of an element that cannot be left out; may give the element itself
     * @return a list that fails, in the order given, of which every element is needed
     */
    List<T> shrink(List<T> failing, UnaryOperator<T> simpler) {
        List<T> smallest = leaveOut(failing);
        for (int i = 0; i < smallest.size(); i++) {
            T simple = simpler.apply(smallest.get(i));
            List<T> candidate = new ArrayList<>(smallest);
            candidate.set(i, simple);
            if (!simple.equals(smallest.get(i)) && fails.test(candidate)) {
                smallest = candidate;
            }
        }
        return smallest.size() < failing.size() || !smallest.equals(failing) ? leaveOut(smallest) : smallest;
    }

    private List<T> leaveOut(List<T> failing) {
        List<T> smallest = failing;
        int parts = 2;
        while (smallest.size() > 1) {
            int size = Math.max(1, smallest.size() / parts);
            List<T> smaller = withoutOnePart(smallest, size);
            if (smaller.size() < smallest.size()) {
                smallest = smaller;
                parts = Math.max(2, parts - 1);
            } else if (size == 1) {
                return smallest;
            } else {
                parts = Math.min(smallest.size(), parts * 2);
            }
        }
        return smallest;
    }

    /** From the end: what comes last is needed least. The list itself if every part is needed. */
    private List<T> withoutOnePart(List<T> failing, int size) {
        for (int end = failing.size(); end > 0; end -= size) {
            List<T> rest = new ArrayList<>(failing.subList(0, Math.max(0, end - size)));
            rest.addAll(failing.subList(end, failing.size()));
            if (!rest.isEmpty() && fails.test(rest)) {
                return rest;
            }
        }
        return failing;
    }
}
