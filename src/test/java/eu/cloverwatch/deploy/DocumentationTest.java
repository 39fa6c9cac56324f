package eu.cloverwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages name files and tests; both are there. */
class DocumentationTest {

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)");
    private static final Pattern ANCHOR = Pattern.compile("]\\((?!https?:)([^)#]*)#([^)]+)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z]\\w+(?:Test|IT))`");

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("examples/scenario/README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAFile(Path page) {
        assertThat(LINK.matcher(ProjectFiles.read(page.toString())).results().map(match -> match.group(1)))
                .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkIntoAPageLeadsToAHeading(Path page) {
        assertThat(ANCHOR.matcher(ProjectFiles.read(page.toString())).results())
                .allSatisfy(
                        link -> assertThat(anchors(link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1))))
                                .contains(link.group(2)));
    }

    /** As GitHub makes them of headings. */
    private static List<String> anchors(Path page) {
        return HEADING.matcher(ProjectFiles.read(page.toString()))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyTestThatIsNamedExists(Path page) throws IOException {
        Set<String> named = TEST_CLASS
                .matcher(ProjectFiles.read(page.toString()))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        named.removeAll(testClasses());
        assertThat(named).as("named, but not there").isEmpty();
    }

    @Test
    void thereArePagesWithLinksAndTests() throws IOException {
        String all =
                pages().stream().map(page -> ProjectFiles.read(page.toString())).collect(Collectors.joining());
        assertThat(LINK.matcher(all).results().count()).isGreaterThan(20);
        assertThat(TEST_CLASS.matcher(all).results().count()).isGreaterThan(20);
    }

    private static Set<String> testClasses() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
