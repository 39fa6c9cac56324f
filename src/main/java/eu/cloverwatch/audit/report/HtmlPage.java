package eu.cloverwatch.audit.report;

import eu.cloverwatch.model.Sha256;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills the templates below {@code /report}. The result is well-formed XML as well as HTML, so that the PDF can be made of it. */
final class HtmlPage {

    private static final String ESCAPING = "visible";

    private final PebbleEngine engine;

    HtmlPage() {
        ClasspathLoader loader = new ClasspathLoader(HtmlPage.class.getClassLoader());
        loader.setPrefix("report");
        loader.setSuffix(".html");
        engine = new PebbleEngine.Builder()
                .loader(loader)
                .extension(new PageFilters())
                .addEscapingStrategy(ESCAPING, new VisibleText())
                .defaultEscapingStrategy(ESCAPING)
                .strictVariables(true)
                .defaultLocale(Locale.ROOT)
                .build();
    }

    /** One file that asks for no other: its policy (CSP) allows nothing but its own style and script, by their hashes. */
    void write(Map<String, @Nullable Object> page, Writer out) throws IOException {
        String style = resource("base.css") + resource("drawing.css") + resource("screen.css");
        String script = resource("filter.js");
        Map<String, @Nullable Object> values = new HashMap<>(page);
        values.put("paper", false);
        values.put("rows", Rows.SCREEN);
        values.put("style", style);
        values.put("script", script);
        values.put("styleHash", hash(style));
        values.put("scriptHash", hash(script));
        engine.getTemplate("page").evaluate(out, values);
    }

    /** The same content, set for paper. */
    void writeForPaper(Map<String, @Nullable Object> page, Writer out) throws IOException {
        Map<String, @Nullable Object> values = new HashMap<>(page);
        values.put("paper", true);
        values.put("rows", Rows.PAPER);
        values.put("drawing", resource("drawing.css"));
        values.put("style", resource("base.css") + resource("paper.css"));
        engine.getTemplate("page").evaluate(out, values);
    }

    private static String hash(String text) {
        return "sha256-" + Base64.getEncoder().encodeToString(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlPage.class.getResourceAsStream("/report/" + name)) {
            if (in == null) {
                throw new IllegalStateException("/report/" + name + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
