package eu.cloverwatch.audit.report;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.audit.replay.Change;
import eu.cloverwatch.audit.replay.ReplayRequest;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.model.Sha256;
import eu.cloverwatch.v1.Violation;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PageTest {

    private static final String HOSTILE = "<script>alert('x')</script>\" onload=\"y\u202Ecod.exe\u0007&amp;";

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 200})
    void isWellFormedAndAsksForNothing(int violations) throws Exception {
        String html = html(new SampleReplay().found(violations, 3).rejected(2));

        Document page = parse(html);
        NodeList all = page.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            assertThat(element.getTagName()).isNotIn("link", "img", "iframe", "object", "embed", "image", "use");
            assertThat(element.hasAttribute("src")).isFalse();
            assertThat(element.hasAttribute("style")).isFalse();
            assertThat(element.getAttribute("href"))
                    .satisfiesAnyOf(
                            href -> assertThat(href).isEmpty(),
                            href -> assertThat(href).startsWith("#"));
        }
        assertThat(html).doesNotContain("url(").doesNotContain("@import");
    }

    @Test
    void allowsNothingButItsOwnStyleAndScript() throws Exception {
        Document page = parse(html(new SampleReplay().found(10)));

        assertThat(policy(page))
                .isEqualTo("default-src 'none'; style-src '" + hash(page, "style") + "'; script-src '"
                        + hash(page, "script") + "'; base-uri 'none'; form-action 'none'");
        assertThat(page.getElementsByTagName("script").getLength()).isOne();
    }

    @Test
    void aHostileValueIsShownAndNothingElse() throws Exception {
        Violation hostile = SampleViolations.violation(0);
        hostile.setEventId(HOSTILE);
        hostile.setService(HOSTILE);
        hostile.setPurpose(HOSTILE);
        hostile.setOriginSite(HOSTILE);
        hostile.setGatewayId(HOSTILE);
        hostile.getActor().setId(HOSTILE);
        hostile.setCategories(List.of(HOSTILE));
        hostile.getFindings().get(0).setMessage(HOSTILE);
        hostile.getFindings().get(0).setRule(HOSTILE);
        String html = html(new SampleReplay().found(hostile));

        Document page = parse(html);
        assertThat(page.getElementsByTagName("script").getLength()).isOne();
        assertThat(html)
                .doesNotContain("<script>alert")
                .doesNotContain(" onload=\"y")
                .doesNotContain("\u202E")
                .doesNotContain("\u0007")
                .contains(
                        "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot; onload=&quot;y[U+202E]cod.exe[U+0007]&amp;amp;");
    }

    @Test
    void saysWhatWasLookedAtWhenNothingWasFound() throws IOException {
        assertThat(html(new SampleReplay()))
                .contains("No violation was found among 1,234,567 recorded accesses.")
                .contains("The records of this range show nothing to notify.")
                .doesNotContain("This report is incomplete");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRangeThatIsNotWholeNeverSoundsAsIfNothingHadHappened(boolean open) throws IOException {
        SampleReplay replay = open ? new SampleReplay() : new SampleReplay().lost();
        String html = html(replay, SampleReplay.context(null, open));

        assertThat(html)
                .contains("This report is incomplete")
                .contains("Nothing can be said about the whole range")
                .doesNotContain("No violation was found among")
                .doesNotContain("nothing to notify")
                .doesNotContain("no violation is in this report")
                .doesNotContain("There is none in this report");
        assertThat(html.indexOf("This report is incomplete")).isLessThan(html.indexOf("1. Summary"));
    }

    @Test
    void showsAThousandInFullAndSaysHowManyMoreThereAre() throws IOException {
        String html = html(new SampleReplay().found(50_000));

        assertThat(Pattern.compile("<article class=\"violation\"").matcher(html).results())
                .hasSize(1_000);
        assertThat(html).contains("1,000 of 50,000 violations are shown here in full");
        assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(5_000_000);
    }

    @Test
    void tellsTheTimeThatIsLeftToNotify() throws IOException {
        assertThat(html(
                        new SampleReplay().found(1),
                        SampleReplay.context(Instant.parse("2025-04-01T15:00:00Z"), false)))
                .contains("2025-04-04 15:00:00 UTC")
                .contains("53 hours 30 minutes were left");
        assertThat(html(
                        new SampleReplay().found(1),
                        SampleReplay.context(Instant.parse("2025-03-30T09:00:00Z"), false)))
                .contains("the time had passed 30 minutes ago");
        assertThat(html(new SampleReplay().found(1), SampleReplay.context(null, false)))
                .contains("The moment of awareness was not given");
    }

    @Test
    void saysWhatIsAskedForAndWhatThatLeavesOut() throws IOException {
        String html = html(new SampleReplay()
                .request(new ReplayRequest(
                        SampleViolations.FROM, SampleViolations.TO, null, List.of(), "E-7", Rule.CONSENT_MISSING)));

        assertThat(html)
                .contains("No violation of CONSENT_MISSING by E-7 was found")
                .contains("only accesses by E-7")
                .doesNotContain("nothing to notify");
    }

    @Test
    void countsWhatIsUndecidableAlsoWhenItIsNotOfTheRuleAskedFor() throws IOException {
        String html = html(new SampleReplay()
                .found(0, 6)
                .found(new Violation[0])
                .request(new ReplayRequest(
                        SampleViolations.FROM, SampleViolations.TO, null, List.of(), null, Rule.CONSENT_MISSING)));

        assertThat(html)
                .contains("6 records could not be judged. Among the others, no violation of CONSENT_MISSING was found.")
                .contains("6, none of them because of CONSENT_MISSING");
    }

    @Test
    void listsWhatLaterFactsChanged() throws IOException {
        String html = html(new SampleReplay()
                .request(new ReplayRequest(
                        SampleViolations.FROM,
                        SampleViolations.TO,
                        Instant.parse("2025-03-15T00:00:00Z"),
                        List.of(),
                        null,
                        null))
                .changes(Change.Kind.LATER_FACTS, 5));

        assertThat(html)
                .contains("5 events are judged differently by what was recorded after 2025-03-15 00:00:00 UTC")
                .contains("employee-locations/E-1003 effective");
    }

    @Test
    void repeatsTheCommandAsItIsTyped() throws IOException {
        assertThat(html(new SampleReplay())).contains("--out &#39;report of march&#39;</pre>");
    }

    @Test
    void everyDrawingHasATitleOrIsHiddenFromReadersAloud() throws Exception {
        NodeList drawings = parse(html(new SampleReplay().found(30))).getElementsByTagName("svg");

        List<Element> untitled = new ArrayList<>();
        for (int i = 0; i < drawings.getLength(); i++) {
            Element drawing = (Element) drawings.item(i);
            boolean hidden = drawing.getAttribute("aria-hidden").equals("true")
                    || ((Element) drawing.getParentNode().getParentNode())
                            .getAttribute("aria-hidden")
                            .equals("true");
            if (!hidden && drawing.getElementsByTagName("title").getLength() == 0) {
                untitled.add(drawing);
            }
        }
        assertThat(drawings.getLength()).isGreaterThan(10);
        assertThat(untitled).isEmpty();
    }

    private static String policy(Document page) {
        NodeList metas = page.getElementsByTagName("meta");
        for (int i = 0; i < metas.getLength(); i++) {
            Element meta = (Element) metas.item(i);
            if (meta.getAttribute("http-equiv").equals("Content-Security-Policy")) {
                return meta.getAttribute("content");
            }
        }
        return "";
    }

    private static String hash(Document page, String tag) {
        String text = page.getElementsByTagName(tag).item(0).getTextContent();
        return "sha256-" + Base64.getEncoder().encodeToString(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String html(SampleReplay replay) throws IOException {
        return html(replay, SampleReplay.context());
    }

    private static String html(SampleReplay replay, ReportContext context) throws IOException {
        Figures figures = Figures.of(replay.replayed(), context.incidentGap(), violation -> {}, change -> {});
        StringWriter out = new StringWriter();
        new HtmlPage().write(Page.of(replay.replayed(), context, figures), out);
        return out.toString();
    }

    private static Document parse(String html) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }
}
