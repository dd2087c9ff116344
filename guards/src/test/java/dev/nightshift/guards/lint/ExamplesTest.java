package dev.nightshift.guards.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.lint.catalog.Catalog;
import dev.nightshift.guards.lint.rule.Rules;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
    /** What the database must hold for the examples that say so in a remark. */
    private static final Map<String, Catalog> DATABASES = Map.of(
            "ALTER TABLE t ALTER COLUMN n TYPE text -- catalog: varchar(10)",
            new FakeCatalog().column("t", "n", "character varying(10)", false),
            "ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY USING INDEX t_id_uq -- catalog: id nullable",
            new FakeCatalog().column("t", "id", "bigint", false),
            "ALTER TABLE a DROP CONSTRAINT a_chk -- catalog: CHECK",
            new FakeCatalog().check("a", "a_chk", "(x > 0)", true),
            "ALTER TABLE t ADD COLUMN a int -- catalog: t published",
            new FakeCatalog().published("t"),
            "ALTER TABLE t VALIDATE CONSTRAINT k; ALTER TABLE t ALTER COLUMN a SET NOT NULL -- k is CHECK (a IS NOT NULL)",
            new FakeCatalog().check("t", "k", "(a IS NOT NULL)", false));

    static Stream<Examples> examples() {
        return Stream.of("examples.txt", "variants.txt").flatMap(file -> Examples.read(file).stream());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void each_example_is_judged_as_it_should_be(Examples example) {
        List<LintFinding> findings = findings(example);
        assertThat(findings).as("unparsed").noneMatch(finding -> finding.rule().equals("SQL-UNPARSABLE"));
        assertThat(Linting.of(example.rule(), findings).isEmpty())
                .as("%s; all findings: %s", example, findings)
                .isEqualTo(!example.flagged());
    }

    private static List<LintFinding> findings(Examples example) {
        return Linting.lint(
                Script.of("a.sql", example.sql()).runBy(example.runner()),
                DATABASES.getOrDefault(example.sql(), Catalog.unknown()));
    }

    static boolean isFlagged(Examples example) {
        return !Linting.of(example.rule(), findings(example)).isEmpty();
    }

    static Stream<LintRule> rules() {
        return Rules.all().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void each_rule_flags_its_own_bad_example_and_not_its_good_one(LintRule rule) {
        RuleCard card = rule.card();
        assertThat(Linting.of(card.id(), Linting.lint(card.bad())))
                .as(card.bad())
                .isNotEmpty();
        assertThat(Linting.of(card.id(), Linting.lint(card.good())))
                .as(card.good())
                .isEmpty();
    }

    @Test
    void the_rules_are_those_of_the_examples_in_order_and_severity() {
        Set<String> wanted = Examples.read("examples.txt").stream()
                .map(example -> example.rule() + " " + example.severity())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        assertThat(Rules.all())
                .extracting(
                        rule -> rule.card().id() + " " + rule.card().severity().word())
                .containsExactlyElementsOf(wanted)
                .hasSize(62);
    }

    @Test
    void notices_flag_their_own_bad_examples() {
        for (RuleCard card : Notices.all()) {
            assertThat(Linting.of(card.id(), Linting.lintFor(14, card.bad())))
                    .as(card.bad())
                    .isNotEmpty();
            assertThat(Linting.of(card.id(), Linting.lintFor(14, card.good())))
                    .as(card.good())
                    .isEmpty();
        }
    }
}
