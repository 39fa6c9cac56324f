package eu.cloverwatch.audit.report;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Countries;
import eu.cloverwatch.model.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WordingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0             | 0 bytes
            999           | 999 bytes
            1000          | 1.0 kB
            1234567       | 1.2 MB
            9223372036854775807 | 9.2 EB
            """)
    void sizesAreInUnitsOfAThousand(long bytes, String words) {
        assertThat(Wording.bytes(bytes)).isEqualTo(words);
    }

    @Test
    void wholeDaysAreNamedWithoutTimesAndTheLastIsInclusive() {
        assertThat(Wording.range(Instant.parse("2025-03-01T00:00:00Z"), Instant.parse("2025-04-01T00:00:00Z")))
                .isEqualTo("1 March 2025 to 31 March 2025");
        assertThat(Wording.range(Instant.parse("2025-03-01T00:00:00Z"), Instant.parse("2025-03-02T00:00:00Z")))
                .isEqualTo("1 March 2025");
        assertThat(Wording.range(Instant.parse("2025-03-01T00:00:00Z"), Instant.parse("2025-03-02T00:00:00.5Z")))
                .isEqualTo("2025-03-01 00:00:00 to 2025-03-02 00:00:00.500");
    }

    @Test
    void durationsAreInDaysOrInHoursAndMinutes() {
        assertThat(Wording.duration(Duration.ofDays(31))).isEqualTo("31 days");
        assertThat(Wording.duration(Duration.ofMinutes(90))).isEqualTo("1 hour 30 minutes");
        assertThat(Wording.duration(Duration.ofMinutes(30))).isEqualTo("30 minutes");
    }

    @Test
    void listsSayHowManyMoreThereAre() {
        assertThat(Wording.list(List.of(), 3)).isEmpty();
        assertThat(Wording.list(List.of("a", "b", "c"), 3)).isEqualTo("a, b and c");
        assertThat(Wording.list(List.of("a", "b", "c", "d"), 3)).isEqualTo("a, b and 2 more");
    }

    @Test
    void symbolsBecomeWordsWhateverTheLocale() {
        assertThat(Wording.plain("IP_ADDRESS")).isEqualTo("IP address");
        assertThat(Wording.plain("PRIVATE_VIDEO")).isEqualTo("Private video");
        assertThat(Wording.plain("ranking-research")).isEqualTo("ranking-research");
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void everyRuleIsSaidInWords(Rule rule) {
        assertThat(Wording.rule(rule.name())).doesNotContain("_").hasSizeGreaterThan(15);
    }

    @Test
    void everyCountryHasANameAndAPlace() {
        assertThat(Countries.all()).allSatisfy(code -> {
            WorldMap.Country country = Objects.requireNonNull(WorldMap.get().country(code), code);
            assertThat(country.name()).isNotBlank().isNotEqualTo(code);
            assertThat(country.x()).isBetween(0.0, (double) FlowMap.WIDTH);
            assertThat(country.y()).isBetween(0.0, (double) FlowMap.HEIGHT);
        });
    }

    @Test
    void textFromOutsideCannotHideOrReorderAnything() {
        VisibleText text = new VisibleText();

        assertThat(text.escape("a\u200Fb\u0000c\uD800d\uFFFEe\u2028"))
                .isEqualTo("a[U+200F]b[U+0000]c[U+D800]d[U+FFFE]e[U+2028]");
        assertThat(text.escape("<a href='x'>&\"")).isEqualTo("&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
        assertThat(text.escape("Zürich, Łódź, Αθήνα, 東京")).isEqualTo("Zürich, Łódź, Αθήνα, 東京");
    }
}
