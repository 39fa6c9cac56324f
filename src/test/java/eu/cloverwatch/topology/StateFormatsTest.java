package eu.cloverwatch.topology;

import static eu.cloverwatch.topology.StateCodecTest.assertFormat1;

import eu.cloverwatch.internal.v1.Candidate;
import eu.cloverwatch.internal.v1.GatewayChange;
import eu.cloverwatch.internal.v1.LedgerHead;
import eu.cloverwatch.internal.v1.LocationState;
import eu.cloverwatch.internal.v1.LocationTimeline;
import eu.cloverwatch.internal.v1.LocationVersion;
import eu.cloverwatch.internal.v1.LookupState;
import eu.cloverwatch.internal.v1.OpenEpoch;
import eu.cloverwatch.internal.v1.Origin;
import eu.cloverwatch.internal.v1.OutcomeDelta;
import eu.cloverwatch.internal.v1.Outcomes;
import eu.cloverwatch.internal.v1.RecentAccess;
import eu.cloverwatch.internal.v1.Revisit;
import eu.cloverwatch.internal.v1.RevisitIndex;
import eu.cloverwatch.internal.v1.Stage;
import eu.cloverwatch.v1.LocationSource;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of format 1 of what watches actors, is judged again, and goes into the ledger; see {@link StateCodecTest}. */
class StateFormatsTest {

    private static final Instant T = Instant.parse("2024-06-05T09:00:00Z");
    private static final String T_HEX = "809a83fafc63";
    private static final String SECOND_LATER_HEX = "d0a983fafc63";

    /** In the order of the schema; the values differ, so that no two can be exchanged unseen. */
    private static final Outcomes OUTCOMES = new Outcomes(1L, 2L, 3L, 4L, 5L, 6L, 7L, 64L);

    private static final String OUTCOMES_HEX = "02" + "04" + "06" + "08" + "0a" + "0c" + "0e" + "8001";

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    @Test
    void aLocationTimeline() {
        LocationTimeline timeline = new LocationTimeline(
                Instant.EPOCH,
                List.of(
                        new LocationVersion(
                                T, T.plusMillis(1), new LocationState("JP", "tokyo-1", "IE", LocationSource.TRAVEL)),
                        new LocationVersion(
                                T, T.plusSeconds(1), new LocationState("IE", null, null, LocationSource.HR)),
                        new LocationVersion(T.plusSeconds(1), T, null)));
        assertFormat1(
                LocationTimeline.getClassSchema(),
                LocationTimeline.class,
                timeline,
                "01", // format
                "0200", // pruned before the epoch
                "06", // three versions
                T_HEX + "829a83fafc63", // effective_from, recorded_at
                "02" + "044a50", // a location, JP
                "020e746f6b796f2d31" + "02044945", // tokyo-1, employed in IE
                "08", // TRAVEL
                T_HEX + SECOND_LATER_HEX,
                "02" + "044945" + "00" + "00", // IE, no site, no employer's country
                "02", // HR
                SECOND_LATER_HEX + T_HEX,
                "00", // left
                "00"); // no more versions
    }

    @Test
    void aRecentAccess() {
        Candidate candidate = Candidate.newBuilder()
                .setOrigin(new Origin("events", 3, 41L, T.toEpochMilli()))
                .setLane(7)
                .setEpoch(-1)
                .setStreamTime(T)
                .setValue(ByteBuffer.wrap(new byte[] {0, 1, 2}))
                .setLocationState(LookupState.ABSENT)
                .setStage(Stage.FOUND)
                .build();
        assertFormat1(
                RecentAccess.getClassSchema(),
                RecentAccess.class,
                new RecentAccess(candidate, true),
                "01", // format
                "0c6576656e7473" + "06" + "52" + T_HEX, // origin
                "0e", // lane
                "01", // not counted
                T_HEX, // stream_time
                "00", // no key
                "06000102", // value
                "02" + "00", // ABSENT, no location
                "02", // FOUND
                "00", // no cause
                "01"); // sent
    }

    @Test
    void aRevisitOfASubject() {
        Revisit revisit = Revisit.newBuilder()
                .setIndex(RevisitIndex.BY_KEY)
                .setFrom(bytes("7301"))
                .setTo(bytes("7302ff"))
                .setCause("c")
                .setSince(T)
                .setUntil(T.plusSeconds(1))
                .build();
        assertFormat1(
                Revisit.getClassSchema(),
                Revisit.class,
                revisit,
                "01", // format
                "00", // BY_KEY
                "047301" + "067302ff", // from, to
                "0263", // cause
                T_HEX, // since
                "02" + SECOND_LATER_HEX, // until
                "00"); // of all gateways
    }

    @Test
    void aRevisitOfAGateway() {
        Revisit revisit = Revisit.newBuilder()
                .setIndex(RevisitIndex.BY_TIME)
                .setFrom(bytes("00"))
                .setTo(bytes("01"))
                .setCause("c")
                .setSince(T)
                .setGatewayId("G-1")
                .build();
        assertFormat1(
                Revisit.getClassSchema(),
                Revisit.class,
                revisit,
                "01", // format
                "02", // BY_TIME
                "0200" + "0201", // from, to
                "0263", // cause
                T_HEX, // since
                "00", // without end
                "0206472d31"); // G-1
    }

    @Test
    void anOpenEpoch() {
        OpenEpoch epoch = OpenEpoch.newBuilder()
                .setEnd(32)
                .setLastOffset(18)
                .setRecords(3)
                .setSubtrees(List.of(bytes("cafe"), bytes("01")))
                .setOutcomes(OUTCOMES)
                .setReadAt(T)
                .setEnded(false)
                .build();
        assertFormat1(
                OpenEpoch.getClassSchema(),
                OpenEpoch.class,
                epoch,
                "01", // format
                "40" + "24" + "06", // end, last_offset, records
                "04" + "04cafe" + "0201" + "00", // two subtrees
                OUTCOMES_HEX,
                T_HEX, // read_at
                "00"); // has not ended
    }

    @Test
    void theHeadOfTheLedger() {
        assertFormat1(
                LedgerHead.getClassSchema(),
                LedgerHead.class,
                new LedgerHead(16L, bytes("cafe"), OUTCOMES, -1L),
                "01", // format
                "20", // end
                "04cafe", // previous_root
                OUTCOMES_HEX,
                "01"); // no partial epoch
    }

    @Test
    void outcomesOfTheLedger() {
        assertFormat1(Outcomes.getClassSchema(), Outcomes.class, OUTCOMES, "01", OUTCOMES_HEX);
    }

    @Test
    void outcomesOnTheirWayToTheLedger() {
        assertFormat1(
                OutcomeDelta.getClassSchema(),
                OutcomeDelta.class,
                new OutcomeDelta(3, 16L, OUTCOMES),
                "01", // format
                "06" + "20", // partition, epoch
                OUTCOMES_HEX);
    }

    @Test
    void aChangeOfAGateway() {
        assertFormat1(
                GatewayChange.getClassSchema(),
                GatewayChange.class,
                new GatewayChange("G-1", T, 2, 300L),
                "01", // format
                "06472d31", // gateway_id
                T_HEX, // effective_from
                "04" + "d804"); // partition, offset
    }
}
