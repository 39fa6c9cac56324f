package eu.cloverwatch.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of this project, read from its directory, in which the tests run. */
final class ProjectFiles {

    private ProjectFiles() {}

    static String read(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands in the first element of this name in pom.xml. */
    static String pom(String element) {
        return find(read("pom.xml"), "<" + Pattern.quote(element) + ">([^<]+)</");
    }

    /** The first group of the first match. */
    static String find(String text, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no match for " + regex);
        }
        return matcher.group(1);
    }
}
