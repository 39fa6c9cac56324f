package eu.cloverwatch.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Ids of data subjects that nothing else looks like, and whether there is one somewhere, in whichever form. */
final class RawIds {

    /** Each id starts so. Only letters: JSON, HTML, XML and URLs write these as they are. */
    static final String MARK = "RawSubjectIdThatNobodyMaySee";

    private static final List<String> FORMS = forms();
    private static final List<String> HEX = List.of(HexFormat.of().formatHex(MARK.getBytes(StandardCharsets.UTF_8)));

    private RawIds() {}

    static String of(String name) {
        return MARK + "-" + name;
    }

    /** Whether an id occurs in these bytes, also in base64 of any alignment, base64url, hexadecimal or UTF-16. */
    static boolean occurIn(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return FORMS.stream().anyMatch(text::contains)
                || HEX.stream().anyMatch(text.toLowerCase(Locale.ROOT)::contains);
    }

    static boolean occurIn(String text) {
        return occurIn(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> forms() {
        List<String> forms = new ArrayList<>();
        byte[] mark = MARK.getBytes(StandardCharsets.UTF_8);
        forms.add(MARK);
        // Without the first byte: big-endian and little-endian look the same from there on.
        forms.add(new String(MARK.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.ISO_8859_1).substring(1));
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + mark.length];
            System.arraycopy(mark, 0, shifted, before, mark.length);
            String base64 = Base64.getUrlEncoder().withoutPadding().encodeToString(shifted);
            // Of the characters at the edges, a part is of what comes before and after.
            forms.add(base64.substring((before * 8 + 5) / 6, shifted.length * 8 / 6));
        }
        return forms;
    }

    /** The same scenario, with such ids for {@code S-1}, {@code S-2} and so on; without what is expected of it. */
    static void copy(Path scenario, Path to) throws IOException {
        try (Stream<Path> files = Files.list(scenario)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.equals("policy.yaml")) {
                    Files.copy(file, to.resolve(name));
                } else if (name.endsWith(".ndjson") && !name.startsWith("expected")) {
                    Files.writeString(
                            to.resolve(name), Files.readString(file).replaceAll("\"S-(\\d+)\"", "\"" + MARK + "-$1\""));
                }
            }
        }
    }
}
