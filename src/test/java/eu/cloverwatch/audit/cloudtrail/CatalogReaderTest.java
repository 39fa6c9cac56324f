package eu.cloverwatch.audit.cloudtrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.cloverwatch.model.AccessEvent.Destination;
import eu.cloverwatch.model.Operation;
import eu.cloverwatch.model.Protection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogReaderTest {

    private static final String FULL = """
            rows:
              - source: s3.amazonaws.com
                names: [GetObject, Head*]
                resource: ["arn:aws:s3:::eu-*", other]
                operation: EXPORT
                subject: {country: NO, count: 7, id_from: requestParameters.key, minor: true}
                categories: [NAME, OUR_OWN]
                protection: PSEUDONYMISED
                purpose: SUPPORT
                gateway: gw-1
                destination: {site: s-1, country: JP}
            """;

    @Test
    void every_key_has_its_place() {
        Catalog.Row row = CatalogReader.parse("c.yaml", FULL).rows().get(0);

        assertThat(row.source().text()).isEqualTo("s3.amazonaws.com");
        assertThat(row.names()).extracting(Glob::text).containsExactly("GetObject", "Head*");
        assertThat(row.resources()).extracting(Glob::text).containsExactly("arn:aws:s3:::eu-*", "other");
        assertThat(row.operation()).isEqualTo(Operation.EXPORT);
        assertThat(row.subject()).isEqualTo(new Catalog.People("NO", 7, "requestParameters.key", true));
        assertThat(row.categories()).containsExactly("NAME", "OUR_OWN");
        assertThat(row.protection()).isEqualTo(Protection.PSEUDONYMISED);
        assertThat(row.purpose()).isEqualTo("SUPPORT");
        assertThat(row.gateway()).isEqualTo("gw-1");
        assertThat(row.destination()).isEqualTo(new Destination("s-1", "JP"));
    }

    @Test
    void what_may_be_left_out_is_the_stricter_choice() {
        Catalog.Row row = CatalogReader.parse("c.yaml", """
                rows:
                  - {source: s3.amazonaws.com, names: "*", subject: {country: DE}, categories: [NAME], purpose: X}
                """).rows().get(0);

        assertThat(row.resources()).isEmpty();
        assertThat(row.operation()).isNull();
        assertThat(row.protection()).isEqualTo(Protection.RAW);
        assertThat(row.subject()).isEqualTo(new Catalog.People("DE", 1, null, null));
        assertThat(row.gateway()).isNull();
        assertThat(row.destination()).isEqualTo(Destination.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "country: NO | contry: NO | 6: unknown key contry; known are country, count, id_from, minor",
                "country: NO | country: no | 6: country: expected an ISO 3166-1 alpha-2 country code in capitals",
                "country: NO | country: EU | 6: country: expected an ISO 3166-1 alpha-2 country code in capitals",
                "count: 7 | count: 0 | 6: count: expected a whole number from 1",
                "count: 7 | count: many | 6: count: expected a whole number from 1",
                "count: 7 | count: 99999999999999999999 | 6: count: expected a whole number from 1",
                "minor: true | minor: yes | 6: minor: expected true or false",
                "operation: EXPORT | operation: UNKNOWN | 5: operation: expected one of [READ, WRITE, EXPORT, REPLICATE, DELETE]",
                "protection: PSEUDONYMISED | protection: SECRET | 8: protection: expected one of",
                "categories: [NAME, OUR_OWN] | categories: [] | 7: categories: expected a list with at least one item",
                "categories: [NAME, OUR_OWN] | categories: [NAME, 3] | 7: categories: expected a text that is not empty",
                "purpose: SUPPORT | purpose: '' | 9: purpose: expected a text that is not empty",
                "purpose: SUPPORT | gateway: twice | 10: gateway is given twice",
                "purpose: SUPPORT | '' | 2: expected the key purpose",
                "rows: | row: | 1: unknown key row; known are rows",
                "gateway: gw-1 | gateway: [ | 12: expected YAML: ",
            })
    void a_mistake_is_named_with_its_line(String right, String wrong, String message) {
        assertThatThrownBy(() -> CatalogReader.parse("c.yaml", FULL.replace(right, wrong)))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageStartingWith("c.yaml:" + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | c.yaml: expected a mapping",
                "text | c.yaml:1: expected a mapping",
                "rows: [] | c.yaml:1: rows: expected a list",
                "{rows: [a]} | c.yaml:1: expected a mapping"
            })
    void a_document_without_rows_is_no_catalog(String yaml, String message) {
        assertThatThrownBy(() -> CatalogReader.parse("c.yaml", yaml))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void two_documents_are_not_one_catalog() {
        assertThatThrownBy(() -> CatalogReader.parse("c.yaml", FULL + "---\n" + FULL))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageStartingWith("c.yaml");
    }

    @Test
    void a_file_that_is_absent_or_not_text_is_named(@TempDir Path dir) throws Exception {
        Path latin1 = Files.write(dir.resolve("latin1.yaml"), "rows: ö".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> CatalogReader.read(dir.resolve("none.yaml")))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("none.yaml");
        assertThatThrownBy(() -> CatalogReader.read(latin1)).hasMessage(latin1 + ": expected UTF-8 text");
    }

    @Test
    void the_catalog_in_the_documentation_is_one() throws Exception {
        String page = Files.readString(Path.of("docs", "import-cloudtrail.md"));
        String catalog = page.substring(page.indexOf("```yaml") + 7);

        assertThat(CatalogReader.parse("docs", catalog.substring(0, catalog.indexOf("```")))
                        .rows())
                .singleElement()
                .extracting(Catalog.Row::subject)
                .isEqualTo(new Catalog.People("DE", 100, "requestParameters.userName", false));
    }

    @Test
    void the_example_is_a_catalog() throws Exception {
        assertThat(CatalogReader.example().rows()).hasSizeGreaterThan(5);
    }
}
