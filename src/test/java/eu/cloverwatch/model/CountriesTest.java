package eu.cloverwatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The list is ISO 3166-1's; a JDK that is ahead or behind by an assignment or two is no reason to fail. */
class CountriesTest {

    @Test
    void thereAre249() {
        assertThat(Countries.all()).hasSize(249).allMatch(code -> code.matches("[A-Z]{2}"));
    }

    @Test
    void theyAreThoseOfThePlatformButForAFew() {
        Set<String> platform = Set.of(Locale.getISOCountries());
        Set<String> apart = new TreeSet<>(Countries.all());
        apart.removeAll(platform);
        platform.stream().filter(code -> !Countries.isCountry(code)).forEach(apart::add);

        assertThat(apart).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void whatPeopleMistakeForACodeIsNone() {
        assertThat(List.of("NO", "GB", "GR", "CH", "LI", "IS", "TW", "XK", "UK", "EL", "EU", "AN", "SU", "no", ""))
                .filteredOn(Countries::isCountry)
                .containsExactly("NO", "GB", "GR", "CH", "LI", "IS", "TW");
    }
}
