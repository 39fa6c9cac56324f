package eu.cloverwatch.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every policy of the shared scenario directories is read. */
class SharedPoliciesTest {

    private static final Path CASES = Path.of(System.getProperty("cloverwatch.shared", ""), "cases");

    @Test
    void everySharedPolicyIsRead() throws IOException {
        assumeTrue(Files.isDirectory(CASES), "the shared cases are not here");

        List<Path> files;
        try (Stream<Path> directories = Files.list(CASES)) {
            files = directories
                    .map(directory -> directory.resolve("policy.yaml"))
                    .toList();
        }

        assertThat(files).isNotEmpty().allSatisfy(file -> {
            String text = Files.readString(file);
            List<PolicyDocument> documents = PolicyDocument.parseAll(text);
            assertThat(documents).hasSize(text.split("(?m)^---\n").length);
            assertThat(documents).allSatisfy(document -> {
                assertThat(document.policy().policyId()).startsWith("eu-user-data");
                assertThat(document.policy().protects("NO")).isTrue();
            });
        });
    }
}
