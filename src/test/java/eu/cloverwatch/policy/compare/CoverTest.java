package eu.cloverwatch.policy.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoverTest {

    private static final int[] SIZES = {3, 4, 2, 5};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void cubesHoldAllThatIsWantedAndNothingThatIsNotAllowed(long seed) {
        Random random = new Random(seed);
        BitSet wanted = new BitSet();
        BitSet free = new BitSet();
        for (int number = 0; number < 3 * 4 * 2 * 5; number++) {
            wanted.set(number, random.nextInt(3) == 0);
            free.set(number, !wanted.get(number) && random.nextInt(4) == 0);
        }
        Cover cover = new Cover(SIZES, number -> wanted.get(number) || free.get(number));

        BitSet held = new BitSet();
        for (Cover.Cube cube : cover.of((BitSet) wanted.clone())) {
            for (int number = 0; number < 3 * 4 * 2 * 5; number++) {
                int[] digits = {number / 40, number / 10 % 4, number / 5 % 2, number % 5};
                if (cube.contains(digits)) {
                    held.set(number);
                }
            }
        }

        BitSet missing = (BitSet) wanted.clone();
        missing.andNot(held);
        assertThat(missing).isEqualTo(new BitSet());
        held.andNot(wanted);
        held.andNot(free);
        assertThat(held).isEqualTo(new BitSet());
    }

    @Test
    void whatIsACubeIsSaidAsOne() {
        BitSet wanted = new BitSet();
        for (int number = 0; number < 3 * 4 * 2 * 5; number++) {
            wanted.set(number, number / 10 % 4 != 2 && number % 5 < 2);
        }
        Cover cover = new Cover(SIZES, ((BitSet) wanted.clone())::get);

        List<Cover.Cube> cubes = cover.of(wanted);

        assertThat(cubes).hasSize(1);
        assertThat(cubes.get(0).values())
                .extracting(BitSet::toString)
                .containsExactly("{0, 1, 2}", "{0, 1, 3}", "{0, 1}", "{0, 1}");
        assertThat(wanted.isEmpty()).isTrue();
    }

    @Test
    void whatCannotBeMakesACubeLarger() {
        Cover cover = new Cover(new int[] {2, 2}, number -> number != 3);
        BitSet wanted = new BitSet();
        wanted.set(0);
        wanted.set(1);

        assertThat(cover.of(wanted)).hasSize(1);
    }
}
