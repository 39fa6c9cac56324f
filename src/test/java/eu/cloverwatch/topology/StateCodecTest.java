package eu.cloverwatch.topology;

import static eu.cloverwatch.topology.Access.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.cloverwatch.internal.v1.Candidate;
import eu.cloverwatch.internal.v1.ChainLink;
import eu.cloverwatch.internal.v1.ConsentState;
import eu.cloverwatch.internal.v1.ConsentTimeline;
import eu.cloverwatch.internal.v1.ConsentVersion;
import eu.cloverwatch.internal.v1.LookupState;
import eu.cloverwatch.internal.v1.Origin;
import eu.cloverwatch.internal.v1.RecentCandidate;
import eu.cloverwatch.internal.v1.Stage;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.AgeBand;
import eu.cloverwatch.v1.Chain;
import eu.cloverwatch.v1.Evidence;
import eu.cloverwatch.v1.Finding;
import eu.cloverwatch.v1.Operation;
import eu.cloverwatch.v1.Protection;
import eu.cloverwatch.v1.Severity;
import eu.cloverwatch.v1.Verdict;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationActor;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.v1.ViolationSubject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/**
 * The bytes of format 1, which monitors have on their disks. If one of these changes, give the format a new number and keep
 * the old one readable.
 */
class StateCodecTest {

    private static final Instant T = Instant.parse("2024-06-05T09:00:00Z");
    private static final Origin ORIGIN = new Origin("events", 3, 41L, T.toEpochMilli());

    private static final String ORIGIN_HEX = String.join(
            "",
            "0c6576656e7473", // topic
            "06", // partition
            "52", // offset
            "809a83fafc63"); // timestamp

    private static final String EVENT_HEX = String.join(
            "",
            "0865762d31", // event_id
            "809a83fafc63", // occurred_at
            "1670726f66696c652d617069", // service
            "02", // READ
            "04" + "1670726f66696c652d617069" + "00", // a SERVICE, its name, no address
            "0206532d31" + "02044945" + "02" + "00", // S-1, IE, one, nothing known of the age
            "020a454d41494c00", // EMAIL
            "02", // RAW
            "02", // record_count
            "8008", // byte_count
            "106475626c696e2d31", // origin_site
            "00" + "02044a50", // no site, JP
            "0206472d31" + "00" + "00", // G-1, no pass, no build
            "0e535550504f5254", // purpose
            "00"); // no trace

    static <T extends SpecificRecord> void assertFormat1(Schema schema, Class<T> type, T record, String... hex) {
        StateCodec<T> codec = new StateCodec<>(schema, type);
        assertThat(HexFormat.of().formatHex(codec.serialize("store", record))).isEqualTo(String.join("", hex));
        assertThat(codec.deserialize("store", HexFormat.of().parseHex(String.join("", hex))))
                .isEqualTo(record);
    }

    @Test
    void aConsentTimeline() {
        ConsentState consent =
                new ConsentState("IE", AgeBand.MINOR, List.of(Facts.granted("ADS", "JP"), Facts.refused("SUPPORT")));
        ConsentTimeline timeline = new ConsentTimeline(
                Instant.EPOCH,
                List.of(
                        new ConsentVersion(T, T.plusMillis(1), consent),
                        new ConsentVersion(T.plusSeconds(1), T, null)));
        assertFormat1(
                ConsentTimeline.getClassSchema(),
                ConsentTimeline.class,
                timeline,
                "01", // format
                "0200", // pruned before the epoch
                "04", // two versions
                "809a83fafc63", // effective_from
                "829a83fafc63", // recorded_at
                "02", // a consent
                "044945", // residence_country
                "04", // MINOR
                "04", // two grants
                "06414453" + "01" + "02044a5000", // ADS, granted, one country
                "0e535550504f5254" + "00" + "00", // SUPPORT, refused, no country
                "00", // no more grants
                "d0a983fafc63", // effective_from
                "809a83fafc63", // recorded_at
                "00", // erased
                "00"); // no more versions
    }

    @Test
    void aTimelineOfNothing() {
        assertFormat1(
                ConsentTimeline.getClassSchema(),
                ConsentTimeline.class,
                new ConsentTimeline(null, List.of()),
                "01", // format
                "00", // nothing was pruned
                "00"); // no versions
    }

    @Test
    void aCandidate() {
        Candidate candidate = Candidate.newBuilder()
                .setOrigin(ORIGIN)
                .setLane(3)
                .setEpoch(30)
                .setStreamTime(T.plusSeconds(1))
                .setKey(ByteBuffer.wrap("E-1".getBytes(UTF_8)))
                .setValue(ByteBuffer.wrap(new byte[] {0, 1, 2}))
                .setLocationState(LookupState.KNOWN)
                .setLocation(Facts.location("E-1", "JP", T, T.plusMillis(1)))
                .setStage(Stage.AGAIN)
                .setCause("c")
                .build();
        assertFormat1(
                Candidate.getClassSchema(),
                Candidate.class,
                candidate,
                "01", // format
                ORIGIN_HEX,
                "06", // lane
                "3c", // epoch
                "d0a983fafc63", // stream_time
                "0206452d31", // key
                "06000102", // value
                "00", // KNOWN
                "02" + "06452d31" + "044a50" + "0000", // E-1, JP, no site, no employer's country
                "809a83fafc63" + "829a83fafc63" + "02" + "00", // effective_from, recorded_at, HR, not left
                "04", // AGAIN
                "020263"); // cause
    }

    @Test
    void aRecentCandidate() {
        RecentCandidate candidate = RecentCandidate.newBuilder()
                .setOrigin(ORIGIN)
                .setLane(3)
                .setTakesId(true)
                .setEvent(event("ev-1", T).to("JP").via("G-1").avro())
                .setLocationState(LookupState.ABSENT)
                .build();
        assertFormat1(
                RecentCandidate.getClassSchema(),
                RecentCandidate.class,
                candidate,
                "01", // format
                ORIGIN_HEX,
                "06", // lane
                EVENT_HEX,
                "02", // ABSENT
                "00", // no location
                "00", // nothing published
                "01"); // takes its id
    }

    @Test
    void aRecentCandidateThatWasPublished() {
        RecentCandidate candidate = RecentCandidate.newBuilder()
                .setOrigin(ORIGIN)
                .setLane(3)
                .setTakesId(true)
                .setEvent(event("ev-1", T).to("JP").via("G-1").avro())
                .setLocationState(LookupState.BEYOND_HISTORY)
                .setPublished(violation())
                .build();
        assertFormat1(
                RecentCandidate.getClassSchema(),
                RecentCandidate.class,
                candidate,
                "01", // format
                ORIGIN_HEX,
                "06", // lane
                EVENT_HEX,
                "04", // BEYOND_HISTORY
                "00", // no location
                "02", // published
                "0276" + "0265" + "04", // ids, revision
                "02" + "00" + "06", // AMENDED, VIOLATION, HIGH
                "809a83fafc63" + "829a83fafc63", // occurred_at, detected_at
                "02" + "0252" + "02" + "026d" + "02027300" + "0279" + "00", // a finding
                "06737663" + "06", // service, EXPORT
                "02" + "06452d31" + "02044a50", // an EMPLOYEE, E-1, JP
                "02086b313a70" + "02044945" + "02" + "0201", // pseudonym, IE, one, a minor
                "020a454d41494c00" + "02" + "06" + "08", // EMAIL, RAW, counts
                "026f" + "02044945" + "02044a50", // from, to
                "0206472d31" + "0270" + "020263", // gateway, purpose, cause
                "0274" + "02" + "0a" + "0273", // evidence
                "02809a83fafc63" + "02809a83fafc63" + "02809a83fafc63", // facts used
                "0269" + "0c" + "0207" + "0208", // chain
                "01"); // takes its id
    }

    private static Violation violation() {
        return Violation.newBuilder()
                .setViolationId("v")
                .setEventId("e")
                .setRevision(2)
                .setStatus(ViolationStatus.AMENDED)
                .setVerdict(Verdict.VIOLATION)
                .setSeverity(Severity.HIGH)
                .setOccurredAt(T)
                .setDetectedAt(T.plusMillis(1))
                .setFindings(List.of(new Finding("R", Severity.LOW, "m", List.of("s"), "y")))
                .setService("svc")
                .setOperation(Operation.EXPORT)
                .setActor(new ViolationActor(ActorType.EMPLOYEE, "E-1", "JP"))
                .setSubject(new ViolationSubject("k1:p", "IE", 1L, true))
                .setCategories(List.of("EMAIL"))
                .setProtection(Protection.RAW)
                .setRecordCount(3L)
                .setByteCount(4L)
                .setOriginSite("o")
                .setOriginCountry("IE")
                .setDestinationCountry("JP")
                .setGatewayId("G-1")
                .setPurpose("p")
                .setCause("c")
                .setEvidence(new Evidence("t", 1, 5L, "s", T, T, T))
                .setChain(new Chain("i", 6L, ByteBuffer.wrap(new byte[] {7}), ByteBuffer.wrap(new byte[] {8})))
                .build();
    }

    @Test
    void theEndOfAChain() {
        assertFormat1(
                ChainLink.getClassSchema(),
                ChainLink.class,
                new ChainLink(300L, ByteBuffer.wrap(new byte[] {(byte) 0xca, (byte) 0xfe})),
                "01", // format
                "d804", // sequence
                "04cafe"); // hash
    }

    @Test
    void aFormatOfALaterVersionIsRefused() {
        StateCodec<ChainLink> codec = new StateCodec<>(ChainLink.getClassSchema(), ChainLink.class);
        byte[] bytes = codec.serialize("violation-chain", new ChainLink(0L, ByteBuffer.allocate(32)));
        bytes[0] = 2;
        assertThatThrownBy(() -> codec.deserialize("violation-chain", bytes))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("state in violation-chain has a format that this version does not know;"
                        + " run the version that wrote it");
        assertThatThrownBy(() -> codec.deserialize("violation-chain", new byte[0]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("violation-chain");
    }

    @Test
    void brokenStateIsRefused() {
        StateCodec<ChainLink> codec = new StateCodec<>(ChainLink.getClassSchema(), ChainLink.class);
        assertThatThrownBy(() -> codec.deserialize("violation-chain", new byte[] {1, 2, 64, 1}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("broken ChainLink in state");
    }
}
