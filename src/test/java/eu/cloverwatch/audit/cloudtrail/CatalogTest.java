package eu.cloverwatch.audit.cloudtrail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {

    private static final String HEAD =
            "{'eventID':'e','eventTime':'2023-07-10T11:00:00Z','eventSource':'s3.amazonaws.com',"
                    + "'eventName':'GetObject','awsRegion':'eu-west-1',";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'resources':[{'type':'T','ARN':'arn:aws:s3:::eu-profiles/anna'}] | true",
                "'resources':[{'ARN':'arn:other'},{'ARN':'arn:aws:s3:::eu-profiles'}] | true",
                "'requestParameters':{'bucketName':'eu-profiles','key':'a/b.jpg'} | true",
                "'requestParameters':{'secretId':'arn:aws:s3:::eu-profiles'} | true",
                "'requestParameters':{'names':['x','arn:aws:s3:::eu-profiles']} | true",
                "'requestParameters':{'context':{'arn':'arn:aws:s3:::eu-profiles'}} | true",
                "'requestParameters':'arn:aws:s3:::eu-profiles' | true",
                "'serviceEventDetails':{'bucket':'arn:aws:s3:::eu-profiles'} | true",
                "'requestParameters':{'bucketName':'us-profiles','key':'arn'} | false",
                "'requestParameters':{'arn:aws:s3:::eu-profiles':1} | false",
                "'requestParameters':null,'resources':null | false",
                "'resources':'none' | false",
                "'resources':[null,7,{'ARN':null}] | false",
            })
    void a_row_is_about_what_the_record_names(String fields, boolean matches) throws Exception {
        Catalog catalog = catalog("resource: 'arn:aws:s3:::eu-profiles*'");

        assertThat(catalog.match(event(fields)).isPresent()).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "s3.amazonaws.com, GetObject, true",
        "'*', 'Get*', true",
        "s3.*, Get?bject, true",
        "s3.amazonaws.com, GetObj, false",
        "s3xamazonaws.com, GetObject, false",
        "s3.amazonaws.com, getobject, false",
        "s3, '*', false",
        "'s3.amazonaws.com', 'G.*', false"
    })
    void source_and_name_match_as_a_whole(String source, String name, boolean matches) throws Exception {
        Catalog catalog = CatalogReader.parse(
                "c.yaml",
                "rows: [{source: '" + source + "', names: '" + name
                        + "', subject: {count: 1}, categories: X, purpose: X}]");

        assertThat(catalog.match(event("'x':1")).isPresent()).isEqualTo(matches);
    }

    @Test
    void the_first_row_that_matches_decides() throws Exception {
        Catalog catalog = CatalogReader.parse("c.yaml", """
                rows:
                  - {source: iam.amazonaws.com, names: "*", subject: {count: 1}, categories: A, purpose: X}
                  - {source: s3.amazonaws.com, names: "*", subject: {count: 1}, categories: B, purpose: X}
                  - {source: "*", names: "*", subject: {count: 1}, categories: C, purpose: X}
                """);

        assertThat(catalog.match(event("'x':1")).orElseThrow().categories()).containsExactly("B");
    }

    private static Catalog catalog(String keys) {
        return CatalogReader.parse(
                "c.yaml",
                "rows: [{source: '*', names: '*', " + keys + ", subject: {count: 1}, categories: X, purpose: X}]");
    }

    private static CloudTrailRecord event(String fields) throws Exception {
        return CloudTrailRecord.of(Json.MAPPER.readTree((HEAD + fields + "}").replace('\'', '"')));
    }
}
