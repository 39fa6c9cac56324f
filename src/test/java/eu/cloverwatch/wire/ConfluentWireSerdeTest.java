package eu.cloverwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.v1.Actor;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.Destination;
import eu.cloverwatch.v1.EmployeeLocation;
import eu.cloverwatch.v1.GatewayUse;
import eu.cloverwatch.v1.LocationSource;
import eu.cloverwatch.v1.Operation;
import eu.cloverwatch.v1.PolicyRevision;
import eu.cloverwatch.v1.Protection;
import eu.cloverwatch.v1.Subject;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConfluentWireSerdeTest {

    private static final Schema LOCATION_SCHEMA = EmployeeLocation.getClassSchema();
    private static final EmployeeLocation LOCATION = EmployeeLocation.newBuilder()
            .setEmployeeId("E-17")
            .setCountry("CN")
            .setEmployerCountry("IE")
            .setEffectiveFrom(Instant.parse("2023-03-06T00:00:00Z"))
            .setRecordedAt(Instant.parse("2023-03-09T00:00:00Z"))
            .setSource(LocationSource.HR)
            .build();

    /** By hand, from Avro's specification: each line is a field. */
    private static final String LOCATION_HEX = String.join(
            "",
            "00", // magic byte
            "00000001", // schema id
            "08452d3137", // 4 bytes, E-17
            "04434e", // 2 bytes, CN
            "00", // null
            "02044945", // not null: 2 bytes, IE
            "80a0bec3d661", // 1678060800000
            "80f0d6bad861", // 1678320000000
            "02", // second symbol
            "00"); // false

    private static final AccessEvent EVENT = AccessEvent.newBuilder()
            .setEventId("ev-1")
            .setOccurredAt(Instant.parse("2023-03-08T10:00:00.123Z"))
            .setService("feed")
            .setOperation(Operation.READ)
            .setActor(new Actor(ActorType.EMPLOYEE, "E-17", "2001:db8::1"))
            .setSubject(new Subject("S-é", "IE", 1L, true))
            .setCategories(List.of("NAME", "EMAIL"))
            .setProtection(Protection.RAW)
            .setRecordCount(1)
            .setByteCount(300)
            .setOriginSite("dublin-1")
            .setDestination(new Destination(null, "JP"))
            .setGateway(new GatewayUse("G-7", null, "sha256:1"))
            .setPurpose("SUPPORT")
            .build();

    private LoopbackRegistry registry;
    private RegistryClient client;
    private ConfluentWireSerde serde;

    @BeforeEach
    void start() throws IOException {
        registry = new LoopbackRegistry();
        client = registry.client();
        serde = new ConfluentWireSerde(client);
    }

    @AfterEach
    void stop() {
        serde.close();
        registry.close();
    }

    @Test
    void aRecordIsTheBytesOfTheSpecification() {
        byte[] bytes = serde.serialize("locations", LOCATION);

        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(LOCATION_HEX);
        assertThat(serde.deserialize("locations", bytes, LOCATION_SCHEMA)).isEqualTo(LOCATION);
    }

    @Test
    void anEventComesBackAsItWas() {
        byte[] bytes = serde.serialize("events", EVENT);
        assertThat(serde.deserialize("events", bytes, AccessEvent.getClassSchema()))
                .isEqualTo(EVENT);
        assertThat(serde.serialize("events", EVENT)).isEqualTo(bytes);
    }

    @Test
    void whatIsRegisteredIsTheContractsOwnSchema() throws IOException {
        serde.serialize("events", EVENT);

        Schema contract = new Schema.Parser().parse(new File("schemas/AccessEvent.avsc"));
        assertThat(client.schemaById(1)).hasToString(contract.toString());
        assertThat(client.register("events-value", contract)).isEqualTo(1);
    }

    @Test
    void aNewerWritersFieldsAreSkippedAndItsSymbolsAreUnknown() {
        Schema newer = new Schema.Parser()
                .parse(contract(LOCATION_SCHEMA)
                        .replace("\"TRAVEL\"", "\"TRAVEL\",\"SATELLITE\"")
                        .replace("{\"name\":\"left\"", "{\"name\":\"floor\",\"type\":\"string\"},{\"name\":\"left\""));
        GenericData.Record record = new GenericRecordBuilder(newer)
                .set("employee_id", "E-17")
                .set("country", "CN")
                .set("employer_country", "IE")
                .set("effective_from", LOCATION.getEffectiveFrom().toEpochMilli())
                .set("recorded_at", LOCATION.getRecordedAt().toEpochMilli())
                .set(
                        "source",
                        new GenericData.EnumSymbol(newer.getField("source").schema(), "SATELLITE"))
                .set("floor", "33")
                .build();

        byte[] bytes = serde.write("locations", record);

        assertThat(serde.deserialize("locations", bytes, LOCATION_SCHEMA))
                .isEqualTo(EmployeeLocation.newBuilder(LOCATION)
                        .setSource(LocationSource.UNKNOWN)
                        .build());
    }

    @Test
    void anOlderWritersMissingFieldsHaveTheirDefaults() {
        Schema older = new Schema.Parser()
                .parse(contract(LOCATION_SCHEMA).replaceAll(",\\{\"name\":\"(left|employer_country)\"[^}]*}", ""));
        assertThat(older.getField("left")).isNull();
        GenericData.Record record = new GenericRecordBuilder(older)
                .set("employee_id", "E-17")
                .set("country", "CN")
                .set("effective_from", LOCATION.getEffectiveFrom().toEpochMilli())
                .set("recorded_at", LOCATION.getRecordedAt().toEpochMilli())
                .set(
                        "source",
                        new GenericData.EnumSymbol(older.getField("source").schema(), "HR"))
                .build();

        byte[] bytes = serde.write("locations", record);

        assertThat(serde.deserialize("locations", bytes, LOCATION_SCHEMA))
                .isEqualTo(EmployeeLocation.newBuilder(LOCATION)
                        .setEmployerCountry(null)
                        .build());
    }

    /** Without what the code generator adds. */
    private static String contract(Schema schema) {
        return RegistrySchemas.request(schema).path("schema").asText();
    }

    @Test
    void aRecordThatCannotBeWrittenLeavesNothingBehind() {
        byte[] good = serde.serialize("events", EVENT);
        AccessEvent broken = AccessEvent.newBuilder(EVENT).build();
        broken.put("purpose", null);

        assertThatThrownBy(() -> serde.serialize("events", broken)).isInstanceOf(RuntimeException.class);

        assertThat(serde.serialize("events", EVENT)).isEqualTo(good);
    }

    @Test
    void threadsMayShareIt() {
        List<AccessEvent> events = IntStream.range(0, 4_000)
                .mapToObj(
                        i -> AccessEvent.newBuilder(EVENT).setEventId("ev-" + i).build())
                .toList();

        List<SpecificRecord> read = events.parallelStream()
                .map(event -> serde.deserialize("e", serde.serialize("e", event), AccessEvent.getClassSchema()))
                .toList();

        assertThat(read).isEqualTo(events);
    }

    @Test
    void bytesWithoutTheHeaderAreUnreadable() {
        assertUnreadable("", "0 bytes");
        assertUnreadable("00000000", "4 bytes");
        assertUnreadable("0100000001", "magic byte 0, came 1");
        assertUnreadable("00ffffffff00", "came -1");
    }

    @Test
    void anIdThatTheRegistryDoesNotKnowIsUnreadable() {
        assertUnreadable("000000002a00", "no schema with id 42");
    }

    @Test
    void bytesAfterTheRecordAreUnreadable() {
        serde.serialize("locations", LOCATION);
        assertUnreadable(LOCATION_HEX + "00", "expected the end");
    }

    @Test
    void aRecordCutAnywhereIsUnreadable() {
        byte[] bytes = serde.serialize("events", EVENT);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> serde.deserialize("events", cut, AccessEvent.getClassSchema()))
                    .isInstanceOf(UnreadableRecordException.class);
        }
    }

    @Test
    void anotherKindOfRecordIsUnreadable() {
        byte[] bytes = serde.serialize("locations", LOCATION);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> serde.deserialize("locations", bytes, PolicyRevision.getClassSchema()))
                    .isInstanceOf(UnreadableRecordException.class)
                    .hasMessageContaining("expected a record readable as eu.cloverwatch.v1.PolicyRevision")
                    .hasMessageContaining("EmployeeLocation");
        }
    }

    @Test
    void timesInMicrosecondsAreUnreadableAndTheReasonNamesTheField() {
        int id = client.register(
                "spark-value",
                new Schema.Parser()
                        .parse(contract(LOCATION_SCHEMA).replaceFirst("timestamp-millis", "timestamp-micros")));
        String micros =
                LOCATION_HEX.replaceFirst("^0000000001", "00" + HexFormat.of().toHexDigits(id));
        for (int i = 0; i < 2; i++) {
            assertUnreadable(
                    micros,
                    "expected a record readable as eu.cloverwatch.v1.EmployeeLocation, came schema " + id
                            + " (eu.cloverwatch.v1.EmployeeLocation): "
                            + "expected timestamp-millis at effective_from, came timestamp-micros");
        }
    }

    @Test
    void timesThatArePlainNumbersAreMilliseconds() {
        int id = client.register(
                "plain-value",
                new Schema.Parser()
                        .parse(contract(LOCATION_SCHEMA).replace(",\"logicalType\":\"timestamp-millis\"", "")));
        String plain =
                LOCATION_HEX.replaceFirst("^0000000001", "00" + HexFormat.of().toHexDigits(id));

        assertThat(serde.deserialize("locations", HexFormat.of().parseHex(plain), LOCATION_SCHEMA))
                .isEqualTo(LOCATION);
    }

    @Test
    void aSchemaThatIsNoRecordIsUnreadable() {
        int id = client.register("text-value", SchemaBuilder.builder().stringType());
        assertUnreadable("00" + HexFormat.of().toHexDigits(id) + "04434e", "(string)");
    }

    @Test
    void lengthsFarBeyondTheBytesAllocateNothing() throws IOException {
        serde.serialize("events", EVENT);
        for (long length :
                new long[] {-1, Long.MIN_VALUE, Integer.MAX_VALUE - 8, Integer.MAX_VALUE, 1L << 40, 50_000_000}) {
            byte[] text = encoded(out -> out.writeLong(length));
            byte[] array = encoded(out -> {
                out.writeString("ev");
                out.writeLong(0);
                out.writeString("feed");
                out.writeEnum(1);
                out.writeEnum(1);
                out.writeString("E-17");
                out.writeIndex(0);
                out.writeIndex(0);
                out.writeIndex(0);
                out.writeLong(1);
                out.writeIndex(0);
                out.writeLong(length); // items in categories
            });
            for (byte[] bytes : List.of(text, array)) {
                assertThatThrownBy(() -> serde.deserialize("events", bytes, AccessEvent.getClassSchema()))
                        .isInstanceOf(UnreadableRecordException.class)
                        .cause()
                        .isNotInstanceOf(Error.class);
            }
        }
    }

    private interface Encoding {
        void to(BinaryEncoder out) throws IOException;
    }

    private static byte[] encoded(Encoding encoding) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(ConfluentWireFormat.header(1));
        BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
        encoding.to(out);
        out.flush();
        return bytes.toByteArray();
    }

    @Test
    void spoiltBytesAreReadOrUnreadableAndNothingElse() {
        byte[] good = serde.serialize("events", EVENT);
        long seed = 20230308;
        Random random = new Random(seed);
        int unreadable = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = random.nextBoolean() ? spoilt(good, random) : noise(random);
            try {
                serde.deserialize("events", bytes, AccessEvent.getClassSchema());
            } catch (UnreadableRecordException e) {
                unreadable++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "seed " + seed + ", bytes " + HexFormat.of().formatHex(bytes), e);
            }
        }
        assertThat(unreadable).isGreaterThan(10_000);
    }

    private static byte[] spoilt(byte[] good, Random random) {
        byte[] bytes = Arrays.copyOf(good, good.length - random.nextInt(3));
        for (int i = 0; i <= random.nextInt(4); i++) {
            bytes[
                            ConfluentWireFormat.HEADER_LENGTH
                                    + random.nextInt(bytes.length - ConfluentWireFormat.HEADER_LENGTH)] =
                    (byte) random.nextInt();
        }
        return bytes;
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        System.arraycopy(ConfluentWireFormat.header(1), 0, bytes, 0, Math.min(5, bytes.length));
        return bytes;
    }

    private void assertUnreadable(String hex, String reason) {
        assertThatThrownBy(() -> serde.deserialize("locations", HexFormat.of().parseHex(hex), LOCATION_SCHEMA))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining(reason);
    }
}
