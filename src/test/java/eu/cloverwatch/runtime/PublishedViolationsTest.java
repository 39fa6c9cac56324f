package eu.cloverwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.wire.AvroBytes;
import eu.cloverwatch.wire.HashChain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the other tests rely on finds what it is there to find. */
class PublishedViolationsTest {

    private static final String CHAIN = "monitor/0";

    private final List<Violation> records = new ArrayList<>();
    private byte[] hash = new byte[0];

    private Violation publish(String id, int revision, ViolationStatus status, long bytes) {
        // Avro made of zeros is the smallest record there is.
        Violation record = AvroBytes.read(new byte[256], 0, Violation.getClassSchema(), Violation.class);
        record.setViolationId(id);
        record.setEventId(id);
        record.setRevision(revision);
        record.setStatus(status);
        record.setByteCount(bytes);
        record.setCause(revision == 0 ? null : "gateways/G-1 effective 2025-01-01T00:00:00Z");
        hash = HashChain.link(record, CHAIN, records.size(), hash);
        records.add(record);
        return record;
    }

    private List<String> problems() {
        return new PublishedViolations(records).problems();
    }

    @Test
    void revisionsInTheirOrderOnAnUnbrokenChainAreFine() {
        publish("a", 0, ViolationStatus.OPEN, 1);
        publish("b", 0, ViolationStatus.OPEN, 1);
        publish("a", 1, ViolationStatus.AMENDED, 2);
        publish("a", 2, ViolationStatus.WITHDRAWN, 2);
        publish("a", 3, ViolationStatus.AMENDED, 2);
        assertThat(problems()).isEmpty();
        assertThat(new PublishedViolations(records).events()).isEqualTo(2);
        assertThat(new PublishedViolations(records).chains()).isEqualTo(1);
        assertThat(new PublishedViolations(records).verdicts()).hasSize(2);
    }

    @Test
    void aRevisionPublishedTwiceIsFound() {
        publish("a", 0, ViolationStatus.OPEN, 1);
        publish("a", 0, ViolationStatus.OPEN, 1);
        assertThat(problems()).singleElement().asString().contains("violation a", "[0, 0]");
    }

    @Test
    void aMissingRevisionIsFound() {
        publish("a", 0, ViolationStatus.OPEN, 1);
        publish("a", 2, ViolationStatus.AMENDED, 2);
        assertThat(problems()).singleElement().asString().contains("violation a", "[0, 2]");
    }

    @Test
    void revisionsOutOfOrderAreFound() {
        publish("a", 1, ViolationStatus.AMENDED, 2);
        publish("a", 0, ViolationStatus.OPEN, 1);
        assertThat(problems()).singleElement().asString().contains("violation a", "[1, 0]");
    }

    @Test
    void aRevisionThatChangesNothingIsFound() {
        publish("a", 0, ViolationStatus.OPEN, 1);
        publish("a", 1, ViolationStatus.AMENDED, 1);
        publish("b", 0, ViolationStatus.OPEN, 1);
        publish("b", 1, ViolationStatus.AMENDED, 2);
        publish("b", 2, ViolationStatus.AMENDED, 2);
        assertThat(problems())
                .containsExactly(
                        "violation a: revision 1 says nothing new", "violation b: revision 2 says nothing new");
    }

    @Test
    void aSecondWithdrawalIsFound() {
        publish("a", 0, ViolationStatus.OPEN, 1);
        publish("a", 1, ViolationStatus.WITHDRAWN, 1);
        publish("a", 2, ViolationStatus.WITHDRAWN, 2);
        assertThat(problems()).containsExactly("violation a: revision 2 withdraws what was withdrawn");
    }

    @Test
    void aRevisionWithoutCauseOrOpenAgainIsFound() {
        publish("a", 0, ViolationStatus.OPEN, 1);
        publish("b", 0, ViolationStatus.AMENDED, 1);
        Violation second = publish("a", 1, ViolationStatus.OPEN, 2);
        records.remove(second);
        second.setCause(null);
        HashChain.link(second, CHAIN, 2, bytes(second));
        records.add(second);
        assertThat(problems())
                .containsExactly(
                        "violation a: revision 1 is OPEN",
                        "violation a: revision 1 has no cause",
                        "violation b: revision 0 is AMENDED");
    }

    private static byte[] bytes(Violation link) {
        byte[] previous = new byte[link.getChain().getPreviousHash().remaining()];
        link.getChain().getPreviousHash().duplicate().get(previous);
        return previous;
    }

    @Test
    void aRemovedRecordBreaksTheChain() {
        publish("a", 0, ViolationStatus.OPEN, 1);
        publish("b", 0, ViolationStatus.OPEN, 1);
        publish("c", 0, ViolationStatus.OPEN, 1);
        records.remove(1);
        assertThat(problems()).containsExactly("chain monitor/0: expected sequence 1 of 2, got 2");
    }

    @Test
    void aChangedRecordBreaksTheChain() {
        publish("a", 0, ViolationStatus.OPEN, 1);
        publish("b", 0, ViolationStatus.OPEN, 1).setByteCount(2);
        assertThat(problems()).containsExactly("chain monitor/0: the hash of 1 is not that of its content");
    }

    @Test
    void aRecordOnAnotherEndOfTheChainIsFound() {
        publish("a", 0, ViolationStatus.OPEN, 1);
        hash = new byte[32];
        publish("b", 0, ViolationStatus.OPEN, 1);
        assertThat(problems())
                .containsExactly(
                        "chain monitor/0: 1 does not follow 0",
                        "chain monitor/0: the hash of 1 is not that of its content");
    }
}
