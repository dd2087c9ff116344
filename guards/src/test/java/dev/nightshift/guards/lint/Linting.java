package dev.nightshift.guards.lint;

import dev.nightshift.guards.lint.catalog.Catalog;
import dev.nightshift.guards.lint.flow.Past;
import dev.nightshift.guards.lint.parse.ParserPool;
import dev.nightshift.guards.lint.parse.SqlParser;
import dev.nightshift.guards.lint.rule.Rules;
import java.util.List;
import java.util.OptionalInt;

/** One parser for all tests, as loading it takes a second. */
final class Linting {
    static final SqlParser PARSER = new ParserPool(1);
    private static final Linter LINTER = new Linter(Rules.all(), PARSER);

    private Linting() {}

    static List<LintFinding> lint(String sql) {
        return LINTER.lint(Script.of("a.sql", sql));
    }

    static List<LintFinding> lint(Script script) {
        return LINTER.lint(script);
    }

    static List<LintFinding> lint(String sql, Catalog catalog) {
        return lint(Script.of("a.sql", sql), catalog);
    }

    static List<LintFinding> lint(String sql, Catalog catalog, Past past) {
        return LINTER.lint(Script.of("a.sql", sql), catalog, OptionalInt.empty(), past);
    }

    static List<LintFinding> lint(Script script, Catalog catalog) {
        return LINTER.lint(script, catalog, OptionalInt.empty());
    }

    static List<LintFinding> lintFor(int server, String sql) {
        return LINTER.lint(Script.of("a.sql", sql), Catalog.unknown(), OptionalInt.of(server));
    }

    /** The findings of one rule. */
    static List<LintFinding> of(String rule, List<LintFinding> findings) {
        return findings.stream().filter(finding -> finding.rule().equals(rule)).toList();
    }
}
