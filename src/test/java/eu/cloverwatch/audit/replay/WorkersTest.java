package eu.cloverwatch.audit.replay;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkersTest {

    @Test
    void whatAWorkerThrowsIsThrownAsItIs() {
        for (Throwable thrown :
                List.of(new OutOfMemoryError("Java heap space"), new StackOverflowError(), new RuntimeException("r"))) {
            assertThatThrownBy(() -> Workers.run(2, List.of(() -> {}, () -> fail(thrown))))
                    .isSameAs(thrown);
        }
    }

    private static void fail(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }
}
