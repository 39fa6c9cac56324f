package eu.cloverwatch.audit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Origin;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All are counted, and some are listed. */
class RejectsTest {

    private final Rejects rejects = new Rejects();

    @Test
    void thoseBeyondTheListAreCountedByReason() {
        add(Rejects.MAX_LISTED, "value: no Avro");
        add(2, "country: XX");
        Rejects others = new Rejects();
        others.add(new Origin("events", 1, 0, Instant.EPOCH), "country: XX");

        assertThat(rejects.listed()).hasSize(Rejects.MAX_LISTED);
        assertThat(Rejects.reasons(Stream.of(rejects, others)))
                .isEqualTo(Map.of("value: no Avro", (long) Rejects.MAX_LISTED, "country: XX", 3L));
    }

    @Test
    void ofVeryManyReasonsTheRestIsOne() {
        for (int i = 0; i < Rejects.MAX_REASONS + 5; i++) {
            add(2, "reason " + i);
        }

        assertThat(Rejects.reasons(Stream.of(rejects)))
                .hasSize(Rejects.MAX_REASONS + 1)
                .containsEntry("reason 0", 2L)
                .containsEntry(Rejects.OTHER_REASONS, 10L);
    }

    private void add(int number, String reason) {
        for (int i = 0; i < number; i++) {
            rejects.add(new Origin("events", 0, i, Instant.EPOCH), reason);
        }
    }
}
