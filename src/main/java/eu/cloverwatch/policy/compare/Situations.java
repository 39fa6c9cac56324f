package eu.cloverwatch.policy.compare;

import eu.cloverwatch.policy.NeverRow;
import eu.cloverwatch.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One situation of every kind that some policies, and the properties to be proved, can tell from another: the product of seven
 * dimensions. A situation has a number; what it has in each dimension are the digits.
 *
 * @param residences empty: a country that nobody knows
 */
record Situations(
        List<Movement> movements,
        List<EquivalenceClass<Data>> data,
        List<Optional<EquivalenceClass<String>>> residences,
        List<Boolean> minor,
        List<ConsentState> consents,
        List<EquivalenceClass<String>> purposes,
        List<GatewayState> gateways) {

    /** Some seconds, and 100 MiB of working memory. */
    static final int LIMIT = 20_000_000;

    /** @throws TooManySituationsException if there are more than {@link #LIMIT} */
    static Situations of(List<Policy> policies, Collection<NeverRow> properties) {
        Questions questions = new Questions(policies, properties);
        Instant inForce = policies.stream()
                .map(Policy::effectiveFrom)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        List<Movement> movements = Movement.all(policies, questions, inForce);
        List<Optional<EquivalenceClass<String>>> residences = new ArrayList<>();
        questions.residents().forEach(residence -> residences.add(Optional.of(residence)));
        residences.add(Optional.empty());
        boolean twoCountries =
                movements.stream().anyMatch(movement -> movement.countries().size() > 1);
        Situations situations = new Situations(
                movements,
                Data.all(policies, properties, questions),
                residences,
                List.of(false, true),
                Arrays.stream(ConsentState.values())
                        .filter(consent -> twoCountries || !consent.isOfTwoCountries())
                        .toList(),
                questions.purposes(),
                Arrays.stream(GatewayState.values())
                        .filter(gateway -> twoCountries || !gateway.isOfTwoCountries())
                        .toList());
        long all = Arrays.stream(situations.sizes()).asLongStream().reduce(1, Math::multiplyExact);
        if (all > LIMIT) {
            throw new TooManySituationsException(all, LIMIT);
        }
        return situations;
    }

    /** How many values each dimension has, in the order of the components. */
    int[] sizes() {
        return new int[] {
            movements.size(),
            data.size(),
            residences.size(),
            minor.size(),
            consents.size(),
            purposes.size(),
            gateways.size()
        };
    }

    int count() {
        return Arrays.stream(sizes()).reduce(1, (a, b) -> a * b);
    }

    /** @param number from 0, less than {@link #count}; the digit of the last dimension changes first */
    Situation situation(int number) {
        int[] sizes = sizes();
        int[] digits = new int[sizes.length];
        int rest = number;
        for (int dimension = sizes.length - 1; dimension >= 0; dimension--) {
            digits[dimension] = rest % sizes[dimension];
            rest /= sizes[dimension];
        }
        return new Situation(
                movements.get(digits[0]),
                data.get(digits[1]).representative(),
                residences.get(digits[2]).map(EquivalenceClass::representative).orElse(null),
                minor.get(digits[3]),
                consents.get(digits[4]),
                purposes.get(digits[5]).representative(),
                gateways.get(digits[6]));
    }

    /**
     * The values of a cube in words, by dimension; a dimension that may be anything is left out.
     *
     * @param chosen of each dimension the values, at least one
     */
    Map<String, List<String>> describe(List<BitSet> chosen) {
        Map<String, List<String>> words = new LinkedHashMap<>();
        words.put("movement", Movement.describe(pick(movements, chosen.get(0))));
        words.put("data", Data.describe(members(pick(data, chosen.get(1))), members(data)));
        words.put(
                "residence",
                pick(residences, chosen.get(2)).stream()
                        .map(residence -> residence.map(EquivalenceClass::label).orElse("a country that nobody knows"))
                        .toList());
        words.put(
                "age",
                pick(minor, chosen.get(3)).stream()
                        .map(is -> is ? "a minor" : "an adult")
                        .toList());
        words.put(
                "consent",
                pick(consents, chosen.get(4)).stream().map(ConsentState::label).toList());
        words.put(
                "purpose",
                pick(purposes, chosen.get(5)).stream()
                        .map(EquivalenceClass::label)
                        .toList());
        words.put(
                "gateway",
                pick(gateways, chosen.get(6)).stream().map(GatewayState::label).toList());
        int[] sizes = sizes();
        List<String> names = List.copyOf(words.keySet());
        for (int dimension = 0; dimension < sizes.length; dimension++) {
            if (chosen.get(dimension).cardinality() == sizes[dimension]) {
                words.remove(names.get(dimension));
            }
        }
        return words;
    }

    private static List<Data> members(Collection<EquivalenceClass<Data>> classes) {
        return classes.stream().flatMap(one -> one.members().stream()).toList();
    }

    private static <T> List<T> pick(List<T> values, BitSet chosen) {
        return chosen.stream().mapToObj(values::get).toList();
    }
}
