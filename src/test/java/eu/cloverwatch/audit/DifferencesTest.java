package eu.cloverwatch.audit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Severity;
import eu.cloverwatch.model.Verdict;
import eu.cloverwatch.wire.FinalVerdict;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DifferencesTest {

    private static FinalVerdict verdict(String id, Severity severity) {
        return new FinalVerdict(id, Verdict.VIOLATION, new TreeSet<>(List.of("SITE_UNKNOWN")), severity);
    }

    private static final FinalVerdict A = verdict("a", Severity.LOW);
    private static final FinalVerdict B = verdict("b", Severity.LOW);
    private static final FinalVerdict A_HIGH = verdict("a", Severity.HIGH);

    @Test
    void whatAgreesMakesNoDifferenceInWhicheverOrder() {
        assertThat(Differences.between(List.of(A, B), List.of(B, A))).isEmpty();
        assertThat(Differences.between(List.of(), List.of())).isEmpty();
    }

    @Test
    void everyDifferenceIsALine() {
        assertThat(Differences.between(List.of(A, B), List.of(A_HIGH, verdict("c", Severity.LOW))))
                .containsExactly(
                        "different: expected {\"event_id\": \"a\", \"verdict\": \"VIOLATION\", \"rules\": "
                                + "[\"SITE_UNKNOWN\"], \"severity\": \"LOW\"}, found {\"event_id\": \"a\", \"verdict\": "
                                + "\"VIOLATION\", \"rules\": [\"SITE_UNKNOWN\"], \"severity\": \"HIGH\"}",
                        "missing: expected {\"event_id\": \"b\", \"verdict\": \"VIOLATION\", \"rules\": "
                                + "[\"SITE_UNKNOWN\"], \"severity\": \"LOW\"}",
                        "extra: found {\"event_id\": \"c\", \"verdict\": \"VIOLATION\", \"rules\": [\"SITE_UNKNOWN\"], "
                                + "\"severity\": \"LOW\"}");
    }

    @Test
    void twoVerdictsOfOneIdAreTwo() {
        assertThat(Differences.between(List.of(A), List.of(A, A))).containsExactly("extra: found " + A.toJson());
        assertThat(Differences.between(List.of(A, A_HIGH), List.of(A_HIGH)))
                .containsExactly("missing: expected " + A.toJson());
        assertThat(Differences.between(List.of(A, A_HIGH), List.of(A_HIGH, A))).isEmpty();
    }
}
