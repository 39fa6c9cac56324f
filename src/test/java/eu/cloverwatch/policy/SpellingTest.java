package eu.cloverwatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A misspelt word is recognised, and another word is not. */
class SpellingTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "abc, abc, 0",
        "'', abc, 3",
        "abc, '', 3",
        "abc, abd, 1",
        "abc, ac, 1",
        "abc, xabc, 1",
        "kitten, sitting, 3",
        "ab, ba, 2",
        "flaw, lawn, 2"
    })
    void distanceCountsLettersToChange(String a, String b, int distance) {
        assertThat(Spelling.distance(a, b)).isEqualTo(distance);
    }

    @Test
    void theClosestWordIsFoundIfAThirdOrLessIsWrong() {
        List<String> known = List.of("region", "reason", "sites");

        assertThat(Spelling.closest("regoin", known)).contains("region");
        assertThat(Spelling.closest("reasn", known)).contains("reason");
        assertThat(Spelling.closest("xxxion", known)).isEmpty();
    }
}
