package eu.cloverwatch.topology;

import java.util.ArrayList;
import java.util.List;

/** Every order of a few things. */
final class Permutations {

    private Permutations() {}

    static <T> List<List<T>> of(List<T> things) {
        if (things.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> orders = new ArrayList<>();
        for (List<T> rest : of(things.subList(1, things.size()))) {
            for (int at = 0; at <= rest.size(); at++) {
                List<T> order = new ArrayList<>(rest);
                order.add(at, things.get(0));
                orders.add(order);
            }
        }
        return orders;
    }
}
