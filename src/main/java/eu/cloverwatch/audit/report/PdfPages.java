package eu.cloverwatch.audit.report;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FSFontUseCase;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.svgsupport.BatikSVGDrawer;
import com.openhtmltopdf.util.XRLog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Calendar;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The page as a PDF, A4, tagged for readers aloud. Nothing is fetched: fonts and pictures are in it. */
final class PdfPages {

    private static final String FONT = "Source Sans 3";
    private static final int NORMAL = 400;
    private static final int BOLD = 700;
    private static final Set<FSFontUseCase> IN_DRAWINGS = EnumSet.of(FSFontUseCase.SVG);

    private PdfPages() {}

    static void write(HtmlPage html, Map<String, @Nullable Object> page, Instant madeAt, Path file) throws IOException {
        StringWriter text = new StringWriter();
        html.writeForPaper(page, text);
        Document document = parse(text.toString());
        PdfFont.Coverage.of(PdfFont.REGULAR).makeVisible(document);
        XRLog.setLoggingEnabled(false);
        try (BatikSVGDrawer drawings = new BatikSVGDrawer();
                PDDocument pdf = new PDDocument();
                OutputStream out = Files.newOutputStream(file);
                PdfBoxRenderer renderer = renderer(document, drawings, pdf)) {
            renderer.layout();
            renderer.createPDFWithoutClosing();
            date(pdf, madeAt);
            pdf.save(out);
        } catch (LinkageError | InternalError e) {
            throw new IOException(
                    file
                            + ": drawings need Java's font support, and this Java has none; install fontconfig and freetype."
                            + " All other files are complete",
                    e);
        }
    }

    private static PdfBoxRenderer renderer(Document document, BatikSVGDrawer drawings, PDDocument pdf)
            throws IOException {
        return new PdfRendererBuilder()
                .useFastMode()
                .usePdfUaAccessibility(true)
                .useSVGDrawer(drawings)
                .usePDDocument(pdf)
                .useFont(new PDFontSupplier(PdfFont.REGULAR.load(pdf)), FONT, NORMAL, FontStyle.NORMAL, true)
                .useFont(new PDFontSupplier(PdfFont.BOLD.load(pdf)), FONT, BOLD, FontStyle.NORMAL, true)
                .useFont(PdfFont.REGULAR::open, FONT, NORMAL, FontStyle.NORMAL, true, IN_DRAWINGS)
                .useUriResolver((base, uri) -> uri.startsWith("#") ? uri : null)
                .withProducer("Cloverwatch")
                .withW3cDocument(document, "")
                .buildPdfRenderer();
    }

    /** In place of the clock's time and a random id, so that the same report is the same file. */
    private static void date(PDDocument pdf, Instant madeAt) {
        Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        calendar.setTimeInMillis(madeAt.toEpochMilli());
        PDDocumentInformation information = pdf.getDocumentInformation();
        information.setCreationDate(calendar);
        information.setModificationDate(calendar);
        pdf.setDocumentId(madeAt.toEpochMilli());
    }

    private static Document parse(String xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("the templates are well-formed", e);
        }
    }
}
