package eu.cloverwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.v1.GatewayApproval;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LogicalTypeComparisonTest {

    private static final String MILLIS = "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}";
    private static final String MICROS = "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}";

    private static Schema field(String type) {
        return parsed("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"at\",\"type\":" + type + "}]}");
    }

    private static Schema parsed(String json) {
        return new Schema.Parser().parse(json);
    }

    private static String difference(String writer, String reader) {
        return String.valueOf(LogicalTypeComparison.difference(field(writer), field(reader)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "at       | %s",
                "at       | ['null',%s]",
                "at[]     | {'type':'array','items':%s}",
                "at[]     | {'type':'array','items':['null',%s]}",
                "at{}     | {'type':'map','values':%s}",
                "at.in    | {'type':'record','name':'In','fields':[{'name':'in','type':%s}]}",
                "at.in    | ['null',{'type':'record','name':'In','fields':[{'name':'in','type':%s}]}]",
                "at[].in  | {'type':'array','items':{'type':'record','name':'In','fields':[{'name':'in','type':%s}]}}",
                "at{}[]   | {'type':'map','values':{'type':'array','items':%s}}",
            })
    void aTypeOfAnotherMeaningIsFoundWhereverItIs(String path, String shape) {
        String json = shape.replace('\'', '"');

        assertThat(difference(json.replace("%s", MICROS), json.replace("%s", MILLIS)))
                .isEqualTo("expected timestamp-millis at " + path + ", came timestamp-micros");
        assertThat(difference(json.replace("%s", MILLIS), json.replace("%s", MILLIS)))
                .isEqualTo("null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timestamp-micros       | {'type':'long','logicalType':'timestamp-micros'}",
                "timestamp-nanos        | {'type':'long','logicalType':'timestamp-nanos'}",
                "local-timestamp-millis | {'type':'long','logicalType':'local-timestamp-millis'}",
                "time-micros            | {'type':'long','logicalType':'time-micros'}",
                "date                   | {'type':'int','logicalType':'date'}",
                "somebodys-own          | {'type':'long','logicalType':'somebodys-own'}",
                "int                    | {'type':'int'}",
                "io.debezium.time.MicroTimestamp | {'type':'long','connect.name':'io.debezium.time.MicroTimestamp'}",
            })
    void whatIsNotMillisecondsIsRefusedWhereTheyAreExpected(String came, String type) {
        assertThat(difference(type.replace('\'', '"'), MILLIS))
                .isEqualTo("expected timestamp-millis at at, came " + came);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'long'",
                "{'type':'long','doc':'epoch milliseconds'}",
                "{'type':'long','connect.name':'io.debezium.time.Timestamp'}",
                "{'type':'long','connect.name':'org.apache.kafka.connect.data.Timestamp','logicalType':'timestamp-millis'}",
            },
            quoteCharacter = '"')
    void aPlainLongAndWhatConnectCallsMillisecondsAreBelieved(String type) {
        assertThat(difference(type.replace('\'', '"'), MILLIS)).isEqualTo("null");
    }

    @Test
    void whereNothingIsExpectedTheValueIsTakenAsItIs() {
        assertThat(difference("{\"type\":\"string\",\"logicalType\":\"uuid\"}", "\"string\""))
                .isEqualTo("null");
    }

    @Test
    void ofAUnionOfTheWriterEachBranchCounts() {
        assertThat(difference("[" + MILLIS + "]", MILLIS)).isEqualTo("null");
        assertThat(difference("[" + MICROS + "]", "[\"null\"," + MILLIS + "]"))
                .isEqualTo("expected timestamp-millis at at, came timestamp-micros");
        assertThat(difference("[\"int\",\"null\"]", "[\"null\"," + MILLIS + "]"))
                .isEqualTo("expected timestamp-millis at at, came int");
    }

    @Test
    void aFieldIsFoundByTheReadersAlias() {
        Schema reader =
                parsed("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"occurred\",\"aliases\":[\"at\"],"
                        + "\"type\":" + MILLIS + "}]}");

        assertThat(LogicalTypeComparison.difference(field(MICROS), reader))
                .isEqualTo("expected timestamp-millis at occurred, came timestamp-micros");
    }

    @Test
    void aFieldThatOnlyOneOfThemHasIsNoDifference() {
        Schema reader = parsed("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"other\",\"type\":" + MILLIS
                + ",\"default\":0}]}");

        assertThat(LogicalTypeComparison.difference(field(MICROS), reader)).isNull();
    }

    @Test
    void aSchemaThatContainsItselfEnds() {
        Schema list = parsed(
                "{\"type\":\"record\",\"name\":\"L\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"L\"]}]}");

        assertThatCode(() -> LogicalTypeComparison.difference(list, list)).doesNotThrowAnyException();
    }

    static Stream<Topic> topics() {
        return Stream.of(Topic.values()).filter(topic -> topic.schema().isPresent());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void theContractsOwnSchemasMeanTheSame(Topic topic) {
        Schema reader = topic.schema().orElseThrow();
        Schema registered =
                parsed(RegistrySchemas.request(reader).path("schema").asText());

        assertThat(LogicalTypeComparison.difference(registered, reader)).isNull();
    }

    @Test
    void everyTimeOfAnApprovalAndOfAnEventCounts() {
        for (Map.Entry<Schema, String> first : Map.of(
                        AccessEvent.getClassSchema(), "occurred_at",
                        GatewayApproval.getClassSchema(), "effective_from")
                .entrySet()) {
            Schema micros = parsed(first.getKey().toString().replace("timestamp-millis", "timestamp-micros"));

            assertThat(LogicalTypeComparison.difference(micros, first.getKey()))
                    .isEqualTo("expected timestamp-millis at " + first.getValue() + ", came timestamp-micros");
        }
    }
}
