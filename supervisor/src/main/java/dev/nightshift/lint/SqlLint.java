package dev.nightshift.lint;

import dev.nightshift.guards.lint.LintFinding;
import dev.nightshift.guards.lint.LintRule;
import dev.nightshift.guards.lint.Linter;
import dev.nightshift.guards.lint.Notices;
import dev.nightshift.guards.lint.Script;
import dev.nightshift.guards.lint.catalog.Catalog;
import dev.nightshift.guards.lint.flow.Past;
import dev.nightshift.guards.lint.parse.ParserPool;
import dev.nightshift.guards.lint.rule.Rules;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** The linter with all its rules, held against one database or none; the parser is loaded at the first script. */
public final class SqlLint implements AutoCloseable {

    /** Each takes 128 MiB, and a second one pays only for hundreds of statements. */
    private static final int PARSERS = 2;

    private final ParserPool parsers;
    private final List<LintRule> rules;
    private final Catalog catalog;
    private final OptionalInt serverVersion;

    /** @param serverVersion the major version of the server it is meant for; empty = the catalog's */
    public SqlLint(Catalog catalog, OptionalInt serverVersion) {
        this(new ParserPool(PARSERS), Rules.all(), catalog, serverVersion);
    }

    private SqlLint(ParserPool parsers, List<LintRule> rules, Catalog catalog, OptionalInt serverVersion) {
        this.parsers = parsers;
        this.rules = rules;
        this.catalog = catalog;
        this.serverVersion = serverVersion;
    }

    /** What this rule and the parser say, and no other rule; with the same parsers: close the first. */
    SqlLint only(LintRule rule) {
        List<LintRule> more =
                Stream.concat(Rules.all().stream(), Stream.of(rule)).toList();
        return new SqlLint(parsers, more, catalog, serverVersion);
    }

    public Linted lint(Script script) {
        return lint(script, new Past());
    }

    /** As the next script of a set. */
    public Linted lint(Script script, Past past) {
        return lint(script, Set.of(), past);
    }

    /** Without some rules, which whoever runs the script has an answer to. */
    Linted lint(Script script, Set<String> without, Past past) {
        List<LintFinding> found = new Linter(rules, parsers)
                .lint(script, catalog, serverVersion, past).stream()
                        .filter(finding -> !without.contains(finding.rule()) && isAsked(finding.rule()))
                        .toList();
        return Linted.of(script.file(), script.text(), found);
    }

    private boolean isAsked(String rule) {
        boolean all = rules.size() == Rules.all().size();
        return all
                || rule.equals(rules.get(rules.size() - 1).card().id())
                || Notices.all().stream().anyMatch(notice -> notice.id().equals(rule));
    }

    @Override
    public void close() {
        parsers.close();
    }
}
