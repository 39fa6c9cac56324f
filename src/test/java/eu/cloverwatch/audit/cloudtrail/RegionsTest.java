package eu.cloverwatch.audit.cloudtrail;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Countries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionsTest {

    @ParameterizedTest
    @CsvSource({
        "eu-west-1, IE",
        "eu-west-2, GB",
        "eu-central-2, CH",
        "us-east-1, US",
        "us-gov-west-1, US",
        "cn-north-1, CN",
        "ap-southeast-1, SG",
        "eusc-de-east-1, DE"
    })
    void a_region_is_in_a_country(String region, String country) {
        assertThat(Regions.countryOf(region)).contains(country);
        assertThat(Regions.siteOf(region)).isEqualTo("aws:" + region);
    }

    @Test
    void every_country_of_the_table_is_one_of_the_contract() {
        assertThat(Regions.countries().values()).allMatch(Countries::isCountry);
    }

    @Test
    void an_unknown_region_is_nowhere_rather_than_somewhere() {
        assertThat(Regions.countryOf("eu-west-99")).isEmpty();
    }
}
