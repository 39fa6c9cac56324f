package eu.cloverwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** docker-compose.yml as Compose reads it: {@code $$} stands for a dollar, and no variable of the user's is needed. */
final class ComposeFile {

    private final YamlNode root = YamlNode.parse(ProjectFiles.read("docker-compose.yml"));

    YamlNode root() {
        return root;
    }

    Map<String, YamlNode> services() {
        return root.entries("services");
    }

    YamlNode service(String name) {
        return root.at("services", name);
    }

    Map<String, String> environment(String service) {
        Map<String, String> environment = new TreeMap<>();
        service(service).entries("environment").forEach((name, value) -> environment.put(name, text(value)));
        return environment;
    }

    /** The script of a service whose command is given to bash, with some text replaced; run here, in an environment. */
    static void run(YamlNode script, String replaced, String by, Map<String, String> environment) {
        try {
            ProcessBuilder bash =
                    new ProcessBuilder(List.of("bash", "-euc", text(script).replace(replaced, by)));
            bash.environment().putAll(environment);
            Process process = bash.redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS))
                    .as("the script ends")
                    .isTrue();
            assertThat(process.exitValue()).as(output).isZero();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static String text(YamlNode node) {
        String text = node.text();
        assertThat(text.replace("$$", "")).as(node.path()).doesNotContain("$");
        return text.replace("$$", "$");
    }

    /** The part of a {@code source:target[:mode]} at this index. */
    static String part(YamlNode mapping, int index) {
        return mapping.text().split(":")[index];
    }

    static boolean isDirectory(String source) {
        return source.startsWith(".") && Path.of(source).toFile().isDirectory();
    }
}
