package eu.cloverwatch.audit.report;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.v1.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PdfPagesTest {

    @TempDir
    Path directory;

    @Test
    void hasWhatThePageHasFromTheFirstWordToTheLast() throws IOException {
        try (PDDocument pdf = pdf(new SampleReplay().found(30, 2).rejected(3))) {
            String text = text(pdf);

            assertThat(text)
                    .contains("30 violations were found.")
                    .contains("Remedy: pass through a gateway approved for")
                    .contains("The 72 hours of Art. 33(1)")
                    .contains("cloverwatch replay --config partner.properties")
                    .contains("under the operator's key.")
                    .doesNotContain("[U+");
        }
    }

    @Test
    void warnsOnTheFirstPageThatTheRangeIsIncomplete() throws IOException {
        try (PDDocument pdf = pdf(new SampleReplay().lost())) {
            PDFTextStripper first = new PDFTextStripper();
            first.setEndPage(1);

            assertThat(first.getText(pdf)).contains("This report is incomplete");
        }
    }

    @Test
    void carriesItsFontsAndFieldsToFillIn() throws IOException {
        try (PDDocument pdf = pdf(new SampleReplay().found(5))) {
            List<PDFont> fonts = new ArrayList<>();
            for (PDPage page : pdf.getPages()) {
                for (COSName name : page.getResources().getFontNames()) {
                    fonts.add(page.getResources().getFont(name));
                }
            }
            assertThat(fonts).isNotEmpty().allMatch(PDFont::isEmbedded);
            assertThat(pdf.getDocumentCatalog().getAcroForm().getFields())
                    .extracting(field -> field.getPartialName())
                    .contains("consequences", "measures", "contact");
            assertThat(pdf.getDocumentInformation().getCreationDate().toInstant())
                    .isEqualTo(SampleReplay.MADE_AT);
        }
    }

    @Test
    void namesTheCharactersThatItsFontHasNoShapeFor() throws IOException {
        Violation foreign = SampleViolations.violation(0);
        foreign.setService("\u4E2D-service");

        try (PDDocument pdf = pdf(new SampleReplay().found(foreign))) {
            assertThat(text(pdf)).contains("[U+4E2D]-service");
        }
    }

    private PDDocument pdf(SampleReplay replay) throws IOException {
        ReportContext context = SampleReplay.context();
        Figures figures = Figures.of(replay.replayed(), context.incidentGap(), violation -> {}, change -> {});
        Path file = directory.resolve("report.pdf");
        PdfPages.write(new HtmlPage(), Page.of(replay.replayed(), context, figures), context.madeAt(), file);
        return Loader.loadPDF(file.toFile());
    }

    private static String text(PDDocument pdf) throws IOException {
        return new PDFTextStripper().getText(pdf).replaceAll("\\s+", " ");
    }
}
