package eu.cloverwatch.topology;

import static eu.cloverwatch.topology.StateCodecTest.assertFormat1;

import eu.cloverwatch.internal.v1.Contribution;
import eu.cloverwatch.internal.v1.IncidentChange;
import eu.cloverwatch.internal.v1.IncidentState;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bytes of format 1 of what is kept and sent for incidents; see {@link StateCodecTest}. */
class IncidentFormatsTest {

    private static final Instant T = Instant.parse("2024-06-05T09:00:00Z");
    private static final String T_HEX = "809a83fafc63";
    private static final String SECOND_LATER_HEX = "d0a983fafc63";
    private static final Contribution OF_ONE =
            new Contribution(Severity.HIGH, List.of("A", "B"), "JP", 512L, "k1:x", 0L, true);
    private static final String OF_ONE_HEX = "06" // HIGH
            + "04" + "0241" + "0242" + "00" // A, B
            + "02044a50" // JP
            + "8008" // 512 bytes
            + "02086b313a78" // k1:x
            + "00" // of no bulk access
            + "01"; // settled

    @Test
    void aContribution() {
        assertFormat1(Contribution.getClassSchema(), Contribution.class, OF_ONE, "01", OF_ONE_HEX);
    }

    @Test
    void aContributionOfABulkAccess() {
        assertFormat1(
                Contribution.getClassSchema(),
                Contribution.class,
                new Contribution(Severity.INFO, List.of(), null, 1L, null, 64L, false),
                "01", // format
                "00" + "00", // INFO, no rules
                "00", // no recipient
                "02", // a byte
                "00" + "8001", // 64 people
                "00"); // not settled
    }

    @Test
    void aChange() {
        assertFormat1(
                IncidentChange.getClassSchema(),
                IncidentChange.class,
                new IncidentChange("v", 2, ActorType.SERVICE, "a", T, OF_ONE),
                "01", // format
                "0276" + "04", // v, revision 2
                "04" + "0261", // SERVICE a
                T_HEX,
                "02" + OF_ONE_HEX);
    }

    @Test
    void anIncident() {
        IncidentState state = new IncidentState(
                "i",
                ActorType.EMPLOYEE,
                "E",
                T,
                T.plusSeconds(1),
                T,
                T.plusSeconds(1),
                1L,
                2L,
                3L,
                4L,
                Map.of("HIGH", 5L),
                Map.of("A", 6L),
                Map.of("JP", 7L),
                8L,
                9L,
                true);
        assertFormat1(
                IncidentState.getClassSchema(),
                IncidentState.class,
                state,
                "01", // format
                "0269" + "02" + "0245", // i, EMPLOYEE E
                T_HEX + SECOND_LATER_HEX, // created, changed
                T_HEX + SECOND_LATER_HEX, // first, last
                "02" + "04" + "06" + "08", // violations, subjects, people, bytes
                "02" + "0848494748" + "0a" + "00", // HIGH: 5
                "02" + "0241" + "0c" + "00", // A: 6
                "02" + "044a50" + "0e" + "00", // JP: 7
                "10" + "12", // settled, publications
                "01"); // closed
    }
}
