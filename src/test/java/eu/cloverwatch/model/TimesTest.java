package eu.cloverwatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are read as the contract writes them, and in no other way. */
class TimesTest {

    @ParameterizedTest
    @CsvSource({
        "2023-03-08T12:34Z, 2023-03-08T12:34:00Z",
        "2023-03-08T12:34:56Z, 2023-03-08T12:34:56Z",
        "2023-03-08T12:34:56.7Z, 2023-03-08T12:34:56.700Z",
        "2023-03-08T12:34:56.78Z, 2023-03-08T12:34:56.780Z",
        "2023-03-08T12:34:56.7899999999999Z, 2023-03-08T12:34:56.789Z",
        "2023-03-08T12:34+01:30, 2023-03-08T11:04:00Z",
        "2023-03-08T12:34:56.789-01:30, 2023-03-08T14:04:56.789Z",
        "2023-03-08T00:00+23:59, 2023-03-07T00:01:00Z",
        "2023-03-08T00:00-23:59, 2023-03-08T23:59:00Z",
        "2023-03-08T00:00-00:00, 2023-03-08T00:00:00Z",
        "2024-02-29T23:59:59.999Z, 2024-02-29T23:59:59.999Z",
        "1969-12-31T23:59:59.9999Z, 1969-12-31T23:59:59.999Z",
        "1969-12-31T23:59:59.0001Z, 1969-12-31T23:59:59Z",
        "0001-01-01T00:00Z, 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z"
    })
    void aTimeIsReadToTheMillisecond(String text, Instant time) {
        assertThat(Times.parse(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2023-03-08",
                "2023-03-08T12:34",
                "2023-03-08T12:34:56",
                "2023-03-08 12:34:56Z",
                "2023-03-08t12:34:56z",
                "2023-03-08T12Z",
                "2023-03-08T12:34:56.Z",
                "2023-03-08T12:34:56,7Z",
                "2023-03-08T12:34.5Z",
                "2023-03-08T12:34:56+01",
                "2023-03-08T12:34:56+0100",
                "2023-03-08T12:34:56+01:00:00",
                "2023-03-08T12:34:56+01:00[Europe/Berlin]",
                "2023-03-08T12:34:56ZZ",
                " 2023-03-08T12:34:56Z",
                "2023-03-08T12:34:56Z\n",
                "20230308T123456Z",
                "2023-3-8T12:34:56Z",
                "+2023-03-08T12:34:56Z",
                "-2023-03-08T12:34:56Z",
                "12023-03-08T12:34:56Z",
                "1678278896000",
                "\u0662\u0660\u0662\u0663-03-08T12:34:56Z"
            })
    void anotherFormatIsRefused(String text) {
        assertThatThrownBy(() -> Times.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a time as YYYY-MM-DDThh:mm:ss with Z or an offset");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-02-29T12:34:56Z",
                "2023-00-08T12:34:56Z",
                "2023-13-08T12:34:56Z",
                "2023-03-00T12:34:56Z",
                "2023-04-31T12:34:56Z",
                "2023-03-08T24:00:00Z",
                "2023-03-08T12:60:00Z",
                "2023-03-08T12:34:60Z",
                "2023-03-08T12:34:56+24:00",
                "2023-03-08T12:34:56-00:60"
            })
    void aTimeThatDoesNotExistIsRefused(String text) {
        assertThatThrownBy(() -> Times.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a time that exists");
    }
}
