package eu.cloverwatch.audit.cloudtrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import eu.cloverwatch.audit.cloudtrail.ImportSummary.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudTrailImportTest {

    private static final Catalog CATALOG = CatalogReader.parse("c.yaml", """
            rows:
              - source: s3.amazonaws.com
                names: [GetObject, PutObject]
                subject: {country: DE, count: 20, id_from: requestParameters.key, minor: true}
                categories: [NAME, EMAIL]
                protection: PSEUDONYMISED
                purpose: SUPPORT
                gateway: gw-1
                destination: {country: JP}
              - {source: iam.amazonaws.com, names: GetUser, operation: EXPORT, subject: {count: 3}, categories: X, purpose: Y}
            """);

    private static final String GET =
            "{'eventID':'e-1','eventTime':'2023-07-10T11:42:36Z','eventSource':'s3.amazonaws.com',"
                    + "'eventName':'GetObject','awsRegion':'us-east-1','sourceIPAddress':'192.0.2.1','requestID':'r-1',"
                    + "'userIdentity':{'type':'IAMUser','userName':'anna'},'requestParameters':{'bucketName':'b','key':'s-1'},"
                    + "'additionalEventData':{'bytesTransferredIn':1,'bytesTransferredOut':512.0}}";

    private static final String BARE =
            "{'eventID':'e-2','eventTime':'2023-07-10T11:42:36Z','eventSource':'iam.amazonaws.com',"
                    + "'eventName':'GetUser','awsRegion':'eu-west-99','sourceIPAddress':'AWS Internal','requestParameters':null,"
                    + "'responseElements':null,'userIdentity':null}";

    @TempDir
    Path dir;

    private final List<String> complaints = new ArrayList<>();

    @Test
    void a_record_becomes_an_event_of_the_contract() throws Exception {
        imported(GET);

        assertThat(lines())
                .containsExactly(
                        json(
                                "{'event_id':'e-1','occurred_at':'2023-07-10T11:42:36Z',"
                                        + "'service':'s3.amazonaws.com','operation':'READ',"
                                        + "'actor':{'type':'EMPLOYEE','id':'anna','source_ip':'192.0.2.1'},"
                                        + "'subject':{'id':'s-1','country':'DE','count':1,'minor':true},'categories':['NAME','EMAIL'],"
                                        + "'protection':'PSEUDONYMISED','record_count':1,'byte_count':512,'origin_site':'aws:us-east-1',"
                                        + "'destination':{'country':'JP'},'gateway':{'id':'gw-1'},'purpose':'SUPPORT','trace_id':'r-1'}"));
    }

    @Test
    void what_a_record_does_not_say_is_left_out() throws Exception {
        imported(BARE);

        assertThat(lines())
                .containsExactly(json("{'event_id':'e-2','occurred_at':'2023-07-10T11:42:36Z',"
                        + "'service':'iam.amazonaws.com','operation':'EXPORT','actor':{'type':'UNKNOWN','id':'unidentified'},"
                        + "'subject':{'count':3},'categories':['X'],'protection':'RAW','record_count':3,'byte_count':0,"
                        + "'origin_site':'aws:eu-west-99','purpose':'Y'}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'s-1' | 's-2' | s-2 | 1",
                "'s-1' | 12345 | 12345 | 1",
                "'s-1' | '' |  | 20",
                "'s-1' | {'a':1} |  | 20",
                "'s-1' | 'HIDDEN_DUE_TO_SECURITY_REASONS' |  | 20",
                "{'bucketName':'b','key':'s-1'} | null |  | 20",
                "{'bucketName':'b','key':'s-1'} | 'text' |  | 20",
            })
    void without_a_subjects_id_it_is_a_bulk_access(String part, String other, String id, long count) throws Exception {
        imported(GET.replace(part, other));

        JsonNode subject = Json.MAPPER.readTree(lines().get(0)).path("subject");
        assertThat(subject.path("id").textValue()).isEqualTo(id);
        assertThat(subject.path("count").longValue()).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2023-07-10T11:42:36Z | 2023-07-10T11:42:36Z", "2023-07-10T11:42:36.1239Z | 2023-07-10T11:42:36.123Z",
                "2023-07-10T13:42:36+02:00 | 2023-07-10T11:42:36Z", "2023-07-10 11:42:36.000 | 2023-07-10T11:42:36Z",
                "2023-07-10T11:42:36 | 2023-07-10T11:42:36Z",
            })
    void times_are_utc_however_they_are_written(String time, String expected) throws Exception {
        imported(GET.replace("2023-07-10T11:42:36Z", time));

        assertThat(Json.MAPPER.readTree(lines().get(0)).path("occurred_at").textValue())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'eventID':'e-1', | `` | eventID: expected a text",
                "'eventID':'e-1' | 'eventID':null | eventID: expected a text",
                "'eventID':'e-1' | 'eventID':'' | eventID: expected a text",
                "'eventSource':'s3.amazonaws.com', | `` | eventSource: expected a text",
                "'eventName':'GetObject' | 'eventName':7 | eventName: expected a text",
                "'awsRegion':'us-east-1', | `` | awsRegion: expected a text",
                "us-east-1 | US East | awsRegion: expected a region as eu-west-1",
                "2023-07-10T11:42:36Z | 10 July | eventTime: expected a time as YYYY-MM-DDThh:mm:ssZ",
                "2023-07-10T11:42:36Z | 2023-07-32T11:42:36Z | eventTime: expected a time as YYYY-MM-DDThh:mm:ssZ",
                "'s-1' | '\\ud800' | subject.id: expected Unicode text, not half a surrogate pair",
            })
    void what_lacks_a_needed_field_is_counted_and_shown(String part, String other, String complaint) throws Exception {
        ImportSummary summary = imported(BARE, GET.replace(part, other));

        assertThat(summary.total()).isEqualTo(new Counts(1, 0, 0, 1));
        assertThat(complaints).containsExactly(dir.resolve("in-0.json") + ": record 2: " + complaint);
    }

    @Test
    void an_id_longer_than_the_contract_allows_is_unreadable() throws Exception {
        assertThat(imported(GET.replace("'e-1'", "'" + "x".repeat(129) + "'"))
                        .total()
                        .unreadable())
                .isEqualTo(1);
        assertThat(complaints).singleElement().asString().contains("event_id: expected 1 to 128 code points");
    }

    @Test
    void every_record_is_counted_once() throws Exception {
        String other = GET.replace("GetObject", "ListBuckets");
        String failed = GET.replace("'requestID'", "'errorCode':'AccessDenied','requestID'");
        ImportSummary summary = new CloudTrailImport(CATALOG, complaints::add, count -> {})
                .run(
                        List.of(file("a.json", GET, other, other, failed), file("b.json", "null", GET)),
                        ScenarioPolicyTest.POLICY,
                        out());

        assertThat(summary.files())
                .extracting(file -> file.counts().toString())
                .containsExactly(
                        "4 records read = 1 written + 2 skipped (no catalog row) + 1 skipped (call failed) + 0 unreadable",
                        "2 records read = 1 written + 0 skipped (no catalog row) + 0 skipped (call failed) + 1 unreadable");
        assertThat(summary.total()).isEqualTo(new Counts(2, 2, 1, 1));
        assertThat(summary.total().read()).isEqualTo(6);
        assertThat(lines()).hasSize(2);
    }

    @Test
    void an_id_that_comes_twice_stays_twice_and_in_order() throws Exception {
        imported(GET, BARE, GET);

        assertThat(lines()).hasSize(3);
        assertThat(lines().get(2)).isEqualTo(lines().get(0)).isNotEqualTo(lines().get(1));
    }

    @Test
    void the_policy_knows_the_regions_as_sites() throws Exception {
        ImportSummary summary = imported(GET, BARE);

        assertThat(summary.regions()).containsExactly("eu-west-99", "us-east-1");
        assertThat(Files.readString(out().resolve("policy.yaml")))
                .contains("{id: \"aws:us-east-1\", country: US}")
                .doesNotContain("eu-west-99");
    }

    @Test
    void a_directory_that_is_in_use_is_not_touched() throws Exception {
        Files.createDirectories(out());
        Files.writeString(out().resolve("mine.txt"), "mine");

        assertThatThrownBy(() -> imported(GET))
                .isInstanceOf(UnusableInputException.class)
                .hasMessage(out() + ": expected a directory that is new or empty");
        assertThat(out()).isDirectoryContaining("glob:**/mine.txt");
    }

    @Test
    void an_empty_directory_is_used() throws Exception {
        Files.createDirectories(out());
        imported(GET);

        try (Stream<Path> files = Files.list(out())) {
            assertThat(files)
                    .extracting(path -> path.getFileName().toString())
                    .containsExactlyInAnyOrder("access-events.ndjson", "policy.yaml");
        }
    }

    @Test
    void what_a_killed_import_left_behind_is_no_hindrance() throws Exception {
        Files.createDirectories(out());
        Files.writeString(
                out().resolve("access-events.ndjson.partial"),
                "half a line, and more than the new file will have".repeat(100));
        imported(GET);

        assertThat(lines()).hasSize(1);
        assertThat(out()).isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void nothing_half_written_is_left_when_a_later_file_is_broken() throws Exception {
        Path good = file("good.json", GET);
        Path bad = Files.writeString(dir.resolve("bad.json"), "{\"Records\":[");

        assertThatThrownBy(() -> new CloudTrailImport(CATALOG, complaints::add, count -> {})
                        .run(List.of(good, bad), ScenarioPolicyTest.POLICY, out()))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageStartingWith(bad.toString());
        assertThat(out()).doesNotExist();
    }

    private ImportSummary imported(String... records) throws IOException {
        return new CloudTrailImport(CATALOG, complaints::add, count -> {})
                .run(List.of(file("in-0.json", records)), ScenarioPolicyTest.POLICY, out());
    }

    private Path file(String name, String... records) throws IOException {
        return Files.writeString(dir.resolve(name), json("{'Records':[" + String.join(",", records) + "]}"));
    }

    private Path out() {
        return dir.resolve("out");
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(out().resolve("access-events.ndjson"));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
