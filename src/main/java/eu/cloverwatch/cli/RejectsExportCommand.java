package eu.cloverwatch.cli;

import eu.cloverwatch.audit.replay.RecordAdmission;
import eu.cloverwatch.audit.replay.ReplaySource;
import eu.cloverwatch.runtime.RejectedRecord;
import eu.cloverwatch.wire.PlainJson;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes rejects to files, for repair: <partition>-<offset>.key and .value as they came, and .json where the value"
                    + " can be read: a line of a scenario directory, which requeue --value takes.",
            "This is raw personal data. The files are readable for their owner only; delete them when you are done."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RejectsExportCommand implements Callable<Integer> {

    @Mixin
    private RejectsTopic topic;

    @Mixin
    private RejectsSelection selection;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "For the files; new or empty.")
    private Path out;

    @Spec
    private CommandSpec spec;

    private long written;

    @Override
    public Integer call() throws IOException {
        PrintWriter lines = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        selection.check(topic.configuration());
        if (selection.isEverything()) {
            throw new ParameterException(
                    spec.commandLine(), "expected which rejects: --record, --topic, --reason, --from or --to");
        }
        makeDirectory();
        try (RecordSerde serde = topic.serde()) {
            ReplaySource source = topic.source(serde);
            RecordAdmission admission = new RecordAdmission(source);
            topic.forEach(
                    source,
                    selection,
                    reject -> {
                        write(reject, admission);
                        written++;
                        lines.println(RejectLine.text(reject, java.util.List.of()));
                    },
                    err::println);
        }
        lines.flush();
        err.println(written + " rejects are in " + out + ": raw personal data");
        return ExitCode.FINE.code();
    }

    private void makeDirectory() throws IOException {
        if (!Files.exists(out)) {
            Files.createDirectories(out, only("rwx------"));
        } else if (!Files.isDirectory(out)) {
            throw new UserError("--out: expected a directory, got the file " + out);
        } else {
            try (Stream<Path> files = Files.list(out)) {
                if (files.findAny().isPresent()) {
                    throw new UserError("--out: expected a directory that is new or empty: " + out);
                }
            }
        }
    }

    private void write(RejectedRecord reject, RecordAdmission admission) {
        String name = reject.place().partition() + "-" + reject.place().offset();
        write(name + ".key", reject.key());
        byte[] value = reject.value();
        write(name + ".value", value);
        Optional<Topic> origin = topic.topic(reject.origin().topic());
        if (value != null && origin.isPresent()) {
            SpecificRecord record = admission.read(origin.get(), value);
            write(
                    name + ".json",
                    record == null
                            ? null
                            : (PlainJson.line(record) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private void write(String name, byte @Nullable [] bytes) {
        if (bytes == null) {
            return;
        }
        try {
            Path file = Files.createFile(out.resolve(name), only("rw-------"));
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(out.resolve(name) + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** From the start: to narrow it afterwards would leave a moment. */
    private static FileAttribute<?>[] only(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
