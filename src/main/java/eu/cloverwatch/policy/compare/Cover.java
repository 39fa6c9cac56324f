package eu.cloverwatch.policy.compare;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Says which situations are meant in few words: as cubes, of each dimension some values. Cubes are as large as they can be and
 * may overlap; together they hold all that is wanted, and beside it only what may be said either way.
 */
final class Cover {

    private final int[] sizes;
    private final int[] weights;
    private final IntPredicate allowed;

    /** Of each dimension the values, at least one. */
    record Cube(List<BitSet> values) {

        boolean contains(int[] digits) {
            for (int dimension = 0; dimension < digits.length; dimension++) {
                if (!values.get(dimension).get(digits[dimension])) {
                    return false;
                }
            }
            return true;
        }
    }

    /** @param allowed what a cube may hold: what is wanted, and what cannot be */
    Cover(int[] sizes, IntPredicate allowed) {
        this.sizes = sizes;
        this.weights = new int[sizes.length];
        this.allowed = allowed;
        int weight = 1;
        for (int dimension = sizes.length - 1; dimension >= 0; dimension--) {
            weights[dimension] = weight;
            weight *= sizes[dimension];
        }
    }

    /** @param wanted numbers of situations; is emptied */
    List<Cube> of(BitSet wanted) {
        List<Cube> cubes = new ArrayList<>();
        for (int next = wanted.nextSetBit(0); next >= 0; next = wanted.nextSetBit(next)) {
            Cube cube = around(next);
            all(cube, number -> {
                wanted.clear(number);
                return true;
            });
            cubes.add(cube);
        }
        return cubes;
    }

    /** What is said last of a situation is generalised first: a class is best told by what moves where. */
    private Cube around(int number) {
        List<BitSet> values = new ArrayList<>();
        for (int dimension = 0; dimension < sizes.length; dimension++) {
            BitSet value = new BitSet();
            value.set(number / weights[dimension] % sizes[dimension]);
            values.add(value);
        }
        Cube cube = new Cube(values);
        for (int dimension = sizes.length - 1; dimension >= 0; dimension--) {
            BitSet own = values.get(dimension);
            BitSet wider = (BitSet) own.clone();
            for (int value = own.nextClearBit(0); value < sizes[dimension]; value = own.nextClearBit(value + 1)) {
                BitSet one = new BitSet();
                one.set(value);
                values.set(dimension, one);
                if (all(cube, allowed)) {
                    wider.set(value);
                }
            }
            values.set(dimension, wider);
        }
        return cube;
    }

    /** Whether it holds of every situation of the cube; asks for one after the other until it does not. */
    boolean all(Cube cube, IntPredicate predicate) {
        return all(cube.values(), 0, 0, predicate);
    }

    private boolean all(List<BitSet> values, int dimension, int number, IntPredicate predicate) {
        if (dimension == sizes.length) {
            return predicate.test(number);
        }
        BitSet own = values.get(dimension);
        for (int value = own.nextSetBit(0); value >= 0; value = own.nextSetBit(value + 1)) {
            if (!all(values, dimension + 1, number + value * weights[dimension], predicate)) {
                return false;
            }
        }
        return true;
    }
}
