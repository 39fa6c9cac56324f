package eu.cloverwatch.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the Dockerfile says about the image: the instructions of its last stage. */
final class DockerImage {

    /** @param name in capitals */
    record Instruction(String name, String arguments) {}

    private final List<Instruction> all;
    private final List<Instruction> lastStage;

    DockerImage() {
        String joined = Pattern.compile("^\\s*#.*\\R?", Pattern.MULTILINE)
                .matcher(ProjectFiles.read("Dockerfile"))
                .replaceAll("")
                .replaceAll("\\\\\\R\\s*", "");
        all = joined.lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.split("\\s+", 2))
                .map(parts -> new Instruction(parts[0], parts[1]))
                .toList();
        int from = all.stream().map(Instruction::name).toList().lastIndexOf("FROM");
        lastStage = all.subList(from, all.size());
    }

    List<Instruction> instructions() {
        return all;
    }

    /** The arguments of each instruction of this name in the last stage. */
    List<String> all(String name) {
        return lastStage.stream()
                .filter(instruction -> instruction.name().equals(name))
                .map(Instruction::arguments)
                .toList();
    }

    String only(String name) {
        List<String> found = all(name);
        if (found.size() != 1) {
            throw new AssertionError("expected one " + name + ", got " + found);
        }
        return found.get(0);
    }

    /** ENTRYPOINT or CMD in the form that starts no shell. */
    List<String> words(String name) {
        try {
            return Arrays.asList(JsonMapper.builder().build().readValue(only(name), String[].class));
        } catch (JsonProcessingException e) {
            throw new AssertionError(name + " is no JSON array", e);
        }
    }

    /** How much of the container's memory is heap. */
    int heapPercentage() {
        String option = "-XX:MaxRAMPercentage=";
        return words("ENTRYPOINT").stream()
                .filter(word -> word.startsWith(option))
                .map(word -> Integer.valueOf(word.substring(option.length())))
                .findFirst()
                .orElseThrow();
    }

    /** ENV, with the build argument SERDE at its default. */
    Map<String, String> environment() {
        String serde = all.stream()
                .filter(instruction -> instruction.name().equals("ARG")
                        && instruction.arguments().startsWith("SERDE="))
                .map(instruction -> instruction.arguments().substring("SERDE=".length()))
                .findFirst()
                .orElseThrow();
        return all("ENV").stream()
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].replace("${SERDE}", serde)));
    }
}
