package eu.cloverwatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Violation ids as any other implementation of RFC 9562 gives them (here: Python's {@code uuid.uuid5}). */
class ViolationIdsTest {

    @ParameterizedTest
    @CsvSource({
        "e-1, 2b0cfc07-cb5a-540e-80d6-3508429c43b9",
        "00000000-0000-4000-8000-000000000001, f9b3bae3-61a7-533d-b923-7745dd2eb11b",
        "évén\uD83D\uDE00ement, 014782cf-885b-52cb-a993-cb38c7844fbf",
        "'', 0585cd3e-29da-50d2-90d1-964d615f7a9d"
    })
    void theyAreVersion5(String eventId, String violationId) {
        assertThat(ViolationIds.of(eventId)).hasToString(violationId);
        assertThat(ViolationIds.of(eventId).version()).isEqualTo(5);
        assertThat(ViolationIds.of(eventId).variant()).isEqualTo(2);
    }
}
