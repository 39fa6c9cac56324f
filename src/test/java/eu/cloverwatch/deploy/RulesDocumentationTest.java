package eu.cloverwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.model.Severity;
import eu.cloverwatch.policy.Policy;
import eu.cloverwatch.policy.PolicyDocument;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/rules.md says what the code judges by: no rule or outcome is missing, and none is there that is not. */
class RulesDocumentationTest {

    private static final Pattern CATEGORY = Pattern.compile("[A-Z]+(?:_[A-Z]+)*(?=[,.])");

    private final String page = ProjectFiles.read("docs/rules.md");

    @Test
    void theTableHasEachRuleWithItsSeverityAndWhatAsksForIt() {
        assertThat(firstColumns("## Rules", 4))
                .containsExactlyElementsOf(Arrays.stream(Rule.values())
                        .map(rule -> List.of(
                                "`" + rule + "`",
                                rule.base().name(),
                                rule.undecidable() ? "yes" : "",
                                String.join("; ", rule.sources())))
                        .toList());
    }

    @Test
    void theTableHasEachOutcomeAndTheTopicWhereItIsPublished() {
        assertThat(firstColumns("## Outcomes", 2))
                .containsExactlyElementsOf(Arrays.stream(Outcome.values())
                        .map(outcome -> List.of("`" + outcome + "`", publishedOn(outcome)))
                        .toList());
    }

    private static String publishedOn(Outcome outcome) {
        return switch (outcome) {
            case VIOLATION, UNDECIDABLE -> "violations";
            case REJECTED -> "rejects";
            case OUT_OF_SCOPE, EXEMPT, IN_REGION, GATEWAY_APPROVED, DUPLICATE -> "";
        };
    }

    @Test
    void idsAreRememberedOfTheOutcomesThatItNames() {
        String remembered = ProjectFiles.find(page, "Ids are remembered of what ends as ([A-Z_, or]+),");
        assertThat(remembered.split(", | or "))
                .containsExactly(Arrays.stream(Outcome.values())
                        .filter(Outcome::isRemembered)
                        .map(Outcome::name)
                        .toArray(String[]::new));
    }

    @Test
    void severitiesAreListedAscending() {
        assertThat(section("## Severity"))
                .startsWith(Arrays.stream(Severity.values())
                        .map(severity -> "`" + severity + "`")
                        .collect(Collectors.joining(", ", "", ".")));
    }

    @Test
    void categoriesAreRestrictedByTheDefaultPolicyAsItSays() {
        Policy policy = PolicyDocument.defaultPolicy().policy();
        String[] parts = section("## Categories").split("\n\n");

        assertThat(categories(parts[0])).hasSize(13).allMatch(category -> policy.isRestricted(List.of(category)));
        assertThat(categories(parts[1])).hasSize(4).noneMatch(category -> policy.isRestricted(List.of(category)));
    }

    private static List<String> categories(String text) {
        return CATEGORY.matcher(text.substring(text.indexOf(':')))
                .results()
                .map(match -> match.group())
                .toList();
    }

    /** Of the rows of the section's table, without its head. */
    private List<List<String>> firstColumns(String heading, int columns) {
        return section(heading)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(row -> Stream.of(row.split("\\|", -1))
                        .skip(1)
                        .limit(columns)
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private String section(String heading) {
        Matcher section = Pattern.compile(Pattern.quote(heading) + "\n\n(.*?)(?=\n## |\\z)", Pattern.DOTALL)
                .matcher(page);
        assertThat(section.find()).as(heading).isTrue();
        return section.group(1);
    }
}
