package eu.cloverwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.runtime.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DockerfileTest {

    private final DockerImage image = new DockerImage();
    private final Configuration defaults = Configuration.load(null, Map.of(), Map.of());

    @Test
    void theImageRunsTheJarThatTheBuildMakes() {
        String jar = ProjectFiles.pom("outputFile").replace("${project.build.directory}/", "");
        String copied = "--from=build /build/target/" + jar + " ";

        assertThat(image.all("COPY")).anyMatch(copy -> copy.startsWith(copied));
        List<String> entrypoint = image.words("ENTRYPOINT");
        assertThat(entrypoint).startsWith("java").containsSequence("-jar", "/opt/cloverwatch/" + jar);
        assertThat(image.all("COPY")).contains(copied + "/opt/cloverwatch/" + jar);
    }

    @Test
    void theImageHasTheJavaThatTheProgramIsCompiledFor() {
        assertThat(image.only("FROM"))
                .startsWith("eclipse-temurin:" + ProjectFiles.pom("maven.compiler.release") + "-jre");
    }

    @Test
    void byDefaultItRunsTheMonitorWithTheConfigurationInTheImage() {
        Path config = Path.of("docker/cloverwatch.properties");

        assertThat(image.words("CMD")).containsExactly("run", "--config", "/etc/cloverwatch/cloverwatch.properties");
        assertThat(image.all("COPY")).contains(config + " /etc/cloverwatch/cloverwatch.properties");
        Configuration configuration = Configuration.load(config, image.environment(), Map.of());
        assertThat(configuration.httpHost()).isEqualTo("0.0.0.0");
        assertThat(configuration.schemaRegistry()).isEqualTo(Map.of("schema.registry.serde", "confluent"));
    }

    @Test
    void portAndStateDirectoryAreTheProgramsOwn() {
        assertThat(image.only("EXPOSE")).isEqualTo(Integer.toString(defaults.httpPort()));
        assertThat(image.only("VOLUME")).isEqualTo(defaults.stateDir().toString());
    }

    @Test
    void itDoesNotRunAsRoot() {
        assertThat(image.only("USER")).matches("[1-9]\\d{3,}:[1-9]\\d{3,}");
    }

    @Test
    void whatIsCopiedExistsAndReachesTheBuild() {
        List<String> sent = ProjectFiles.read(".dockerignore")
                .lines()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();

        assertThat(sent)
                .isNotEmpty()
                .allSatisfy(path -> assertThat(Path.of(path)).exists());
        assertThat(image.all("COPY"))
                .filteredOn(copy -> !copy.startsWith("--from"))
                .map(copy -> copy.split(" ")[0])
                .allSatisfy(source -> {
                    assertThat(Path.of(source)).exists();
                    assertThat(sent).anyMatch(path -> Path.of(source).startsWith(path));
                });
        assertThat(sent).contains(".mvn", "mvnw", "pom.xml", "schemas", "src/main");
        assertThat(Files.isExecutable(Path.of("mvnw"))).isTrue();
    }

    @Test
    void theProfileWithConfluentsSerializerExists() {
        assertThat(image.instructions())
                .anyMatch(step -> step.name().equals("RUN")
                        && step.arguments().contains("profile=-Pconfluent")
                        && step.arguments().contains("./mvnw"));
        assertThat(ProjectFiles.read("pom.xml")).contains("<id>confluent</id>");
    }
}
