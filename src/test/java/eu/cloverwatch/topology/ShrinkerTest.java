package eu.cloverwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {

    private static final List<Integer> HUNDRED =
            IntStream.rangeClosed(1, 100).boxed().toList();

    @Test
    void leavesOnlyTheElementsThatTheFailureNeeds() {
        Shrinker<Integer> shrinker = new Shrinker<>(list -> list.containsAll(List.of(17, 18, 93)));

        assertThat(shrinker.shrink(HUNDRED, UnaryOperator.identity())).containsExactly(17, 18, 93);
    }

    @Test
    void keepsTheOrderThatTheFailureDependsOn() {
        List<Integer> shuffled = new ArrayList<>(HUNDRED);
        java.util.Collections.shuffle(shuffled, new java.util.Random(5));
        int first = shuffled.get(40);
        int second = shuffled.get(70);
        Shrinker<Integer> shrinker = new Shrinker<>(
                list -> list.contains(first) && list.contains(second) && list.indexOf(first) < list.indexOf(second));

        assertThat(shrinker.shrink(shuffled, UnaryOperator.identity())).containsExactly(first, second);
    }

    @Test
    void leavesNoElementThatCouldGo() {
        // Needs ten of the even ones, whichever.
        Shrinker<Integer> shrinker = new Shrinker<>(
                list -> list.stream().filter(number -> number % 2 == 0).count() >= 10);

        assertThat(shrinker.shrink(HUNDRED, UnaryOperator.identity()))
                .hasSize(10)
                .allMatch(number -> number % 2 == 0);
    }

    @Test
    void makesSimplerWhatItCannotLeaveOut() {
        Shrinker<Integer> shrinker =
                new Shrinker<>(list -> list.stream().anyMatch(number -> number >= 50) && list.contains(7));

        assertThat(shrinker.shrink(HUNDRED, number -> number >= 50 ? 50 : number))
                .containsExactly(7, 50);
    }

    @Test
    void asksNotManyTimesMoreThanThereAreElements() {
        List<List<Integer>> asked = new ArrayList<>();
        Shrinker<Integer> shrinker = new Shrinker<>(list -> {
            asked.add(list);
            return list.contains(61) && list.contains(62);
        });

        assertThat(shrinker.shrink(HUNDRED, UnaryOperator.identity())).containsExactly(61, 62);
        assertThat(asked).hasSizeLessThan(100);
    }
}
