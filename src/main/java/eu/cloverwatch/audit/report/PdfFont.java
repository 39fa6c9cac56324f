package eu.cloverwatch.audit.report;

import eu.cloverwatch.model.VisibleCharacters;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.w3c.dom.Node;

/** The fonts that the PDF carries (Source Sans 3, SIL Open Font License): Latin, Greek and Cyrillic. */
enum PdfFont {
    REGULAR("SourceSans3-Regular.ttf"),
    BOLD("SourceSans3-Bold.ttf");

    private final String file;

    PdfFont(String file) {
        this.file = file;
    }

    InputStream open() {
        InputStream in = PdfFont.class.getResourceAsStream("/report/fonts/" + file);
        if (in == null) {
            throw new IllegalStateException("/report/fonts/" + file + " is missing from the program");
        }
        return in;
    }

    /** Without ligatures: their text could be neither searched nor read aloud. */
    PDFont load(PDDocument pdf) throws IOException {
        try (InputStream in = open()) {
            TrueTypeFont font = parse(in);
            font.setEnableGsub(false);
            return PDType0Font.load(pdf, font, true);
        }
    }

    private static TrueTypeFont parse(InputStream in) throws IOException {
        return new TTFParser().parse(new RandomAccessReadBuffer(in));
    }

    /** Which characters a font has. */
    record Coverage(CmapLookup characters) {

        static Coverage of(PdfFont font) {
            try (InputStream in = font.open()) {
                return new Coverage(parse(in).getUnicodeCmapLookup());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Names what the font has no shape for, where it would be left out silently: {@code [U+4E2D]}. */
        void makeVisible(Node node) {
            if (node.getNodeType() == Node.TEXT_NODE) {
                String text = visible(node.getNodeValue());
                if (!text.equals(node.getNodeValue())) {
                    node.setNodeValue(text);
                }
            }
            for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
                makeVisible(child);
            }
        }

        private String visible(String text) {
            StringBuilder visible = new StringBuilder(text.length());
            text.codePoints().forEach(c -> {
                if (c == '\n' || characters.getGlyphId(c) != 0) {
                    visible.appendCodePoint(c);
                } else {
                    visible.append(VisibleCharacters.name(c));
                }
            });
            return visible.toString();
        }
    }
}
