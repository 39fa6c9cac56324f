package eu.cloverwatch.policy;

import eu.cloverwatch.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A policy as somebody wrote it: YAML 1.2 with nothing in it that is not understood.
 *
 * @param text the document, exactly as written; {@link #parse} of it gives this again
 * @param recordedAt when it became known, if the text says so
 */
public record PolicyDocument(Policy policy, String text, Optional<Instant> recordedAt) {

    /**
     * Reads one document; its {@link #text} is all of the given text.
     *
     * @throws PolicyException if it is not a policy, or not exactly one
     */
    public static PolicyDocument parse(String text) {
        List<YamlSlice> documents = YamlSlice.documents(text);
        if (documents.size() > 1) {
            throw new PolicyException(
                    documents.get(1).firstLine(), "expected one policy document, but here a second one starts");
        }
        return read(documents.get(0), text);
    }

    /**
     * Reads the documents of a file, in their order; at least one. They are separated by lines of {@code ---} (with no more
     * on them than a comment), which belong to no document's {@link #text}; what holds only comments is no document. Lines in
     * errors are those of the whole file.
     *
     * @throws PolicyException if there is no document, or with all that is wrong in any of them
     */
    public static List<PolicyDocument> parseAll(String text) {
        List<PolicyDocument> documents = new ArrayList<>();
        List<PolicyException.Problem> problems = new ArrayList<>();
        for (YamlSlice slice : YamlSlice.documents(text)) {
            try {
                documents.add(read(slice, slice.text()));
            } catch (PolicyException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new PolicyException(problems);
        }
        return List.copyOf(documents);
    }

    /** The policy to start from, with the source of each fact in its comments. */
    public static PolicyDocument defaultPolicy() {
        try (InputStream resource = PolicyDocument.class.getResourceAsStream("/policies/default.yaml")) {
            if (resource == null) {
                throw new IllegalStateException("policies/default.yaml is not on the class path");
            }
            return parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From when on it is meant to be in force, inclusive. */
    public Instant effectiveFrom() {
        return policy.effectiveFrom();
    }

    /**
     * The same document with another time in the place of its own; all else stays as it is written.
     *
     * @throws PolicyException if the time is written in a way that it cannot be replaced
     */
    public PolicyDocument withEffectiveFrom(Instant t) {
        YamlSlice slice = YamlSlice.documents(text).get(0);
        Node value = YamlNodes.value(slice.compose(), PolicyFormat.EFFECTIVE_FROM.name());
        int start = text.indexOf(slice.text());
        String changed = text.substring(0, start)
                + slice.replaced(value, t.toString())
                + text.substring(start + slice.text().length());
        PolicyDocument document = parse(changed);
        if (!document.effectiveFrom().equals(t)) {
            throw new PolicyException(
                    YamlNodes.line(value) + slice.firstLine() - 1, "expected the time as plain text, to replace it");
        }
        return document;
    }

    private static PolicyDocument read(YamlSlice slice, String text) {
        Node document = slice.compose();
        try {
            Fields fields = PolicyFormat.fields(document);
            Policy policy = new Policy(
                    fields.get(PolicyFormat.POLICY_ID),
                    fields.get(PolicyFormat.EFFECTIVE_FROM),
                    Sha256.hex(text),
                    PolicyFormat.terms(fields, slice.firstLine() - 1));
            return new PolicyDocument(policy, text, fields.get(PolicyFormat.RECORDED_AT));
        } catch (PolicyException e) {
            throw e.below(slice.firstLine() - 1);
        }
    }
}
