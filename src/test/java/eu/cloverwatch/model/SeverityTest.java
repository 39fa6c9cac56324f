package eu.cloverwatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeverityTest {

    @ParameterizedTest
    @CsvSource({
        "INFO, 0, INFO",
        "INFO, 1, LOW",
        "LOW, 1, MEDIUM",
        "MEDIUM, 2, CRITICAL",
        "HIGH, 1, CRITICAL",
        "HIGH, 2, CRITICAL",
        "CRITICAL, 1, CRITICAL",
        "INFO, 9, CRITICAL"
    })
    void stepsGoUpToCritical(Severity base, int steps, Severity severity) {
        assertThat(base.up(steps)).isEqualTo(severity);
    }
}
