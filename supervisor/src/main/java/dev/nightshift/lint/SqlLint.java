package dev.nightshift.lint;

import dev.nightshift.guards.lint.LintFinding;
import dev.nightshift.guards.lint.Linter;
import dev.nightshift.guards.lint.Script;
import dev.nightshift.guards.lint.catalog.Catalog;
import dev.nightshift.guards.lint.parse.ParserPool;
import dev.nightshift.guards.lint.rule.Rules;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The linter with all its rules, held against one database or none; the parser is loaded at the first script. */
public final class SqlLint implements AutoCloseable {

    /** Each takes 128 MiB, and a second one pays only for hundreds of statements. */
    private static final int PARSERS = 2;

    private final ParserPool parsers = new ParserPool(PARSERS);
    private final Catalog catalog;
    private final OptionalInt serverVersion;

    /** @param serverVersion the major version of the server it is meant for; empty = the catalog's */
    public SqlLint(Catalog catalog, OptionalInt serverVersion) {
        this.catalog = catalog;
        this.serverVersion = serverVersion;
    }

    public Linted lint(Script script) {
        return lint(script, Set.of());
    }

    /** Without some rules, which whoever runs the script has an answer to. */
    Linted lint(Script script, Set<String> without) {
        List<LintFinding> found = new Linter(Rules.all(), parsers)
                .lint(script, catalog, serverVersion).stream()
                        .filter(finding -> !without.contains(finding.rule()))
                        .toList();
        return Linted.of(script.file(), script.text(), found);
    }

    @Override
    public void close() {
        parsers.close();
    }
}
