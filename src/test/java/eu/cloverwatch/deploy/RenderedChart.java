package eu.cloverwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import eu.cloverwatch.runtime.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** The chart, rendered with values, and what the program then reads. */
abstract class RenderedChart {

    static final Path CHART = Path.of("helm");
    static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    static final String MINIMAL = """
            kafka: {bootstrapServers: "broker-1:9093,broker-2:9093"}
            schemaRegistry: {url: "https://registry:8081"}
            secret: {values: {pseudonym-key: %s}}
            """.formatted(KEY);

    @TempDir
    Path directory;

    void assertRefused(String values, String reason) {
        assertThatThrownBy(() -> render(values)).hasMessageContaining(reason);
    }

    List<YamlNode> render(String values) {
        try {
            Path file = Files.writeString(directory.resolve("values.yaml"), values);
            return YamlNode.parseAll(new Helm(CHART)
                    .template()
                    .withName("watch")
                    .withKubeVersion("1.31.0")
                    .withValuesFile(file)
                    .call());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What the program reads in the pod: the properties of the ConfigMap, the Secret as files, and variables. */
    Configuration configuration(List<YamlNode> objects) throws IOException {
        for (Map.Entry<String, YamlNode> secret :
                only(objects, "Secret").entries("data").entrySet()) {
            Files.write(
                    directory.resolve(secret.getKey()),
                    Base64.getDecoder().decode(secret.getValue().text()));
        }
        String properties =
                only(objects, "ConfigMap").at("data", "cloverwatch.properties").text();
        Path file = Files.writeString(
                directory.resolve("cloverwatch.properties"),
                properties.replace("/etc/cloverwatch/secrets", directory.toString()));
        Map<String, String> environment = new HashMap<>(new DockerImage().environment());
        YamlNode container = pod(objects).at("containers", 0);
        if (container.has("env")) {
            container
                    .items("env")
                    .forEach(variable -> environment.put(
                            variable.at("name").text(), variable.at("value").text()));
        }
        return Configuration.load(file, environment, Map.of());
    }

    static YamlNode pod(List<YamlNode> objects) {
        return only(objects, "StatefulSet").at("spec", "template", "spec");
    }

    static String name(List<YamlNode> objects, String kind) {
        return only(objects, kind).at("metadata", "name").text();
    }

    static YamlNode only(List<YamlNode> objects, String kind) {
        List<YamlNode> found = objects.stream()
                .filter(object -> object.at("kind").text().equals(kind))
                .toList();
        assertThat(found).as(kind).hasSize(1);
        return found.get(0);
    }
}
