package dev.nightshift.guards.lint;

import dev.nightshift.guards.lint.catalog.Catalog;
import dev.nightshift.guards.lint.flow.Past;
import dev.nightshift.guards.lint.flow.Timeline;
import dev.nightshift.guards.lint.flow.Walker;
import dev.nightshift.guards.lint.parse.SqlParser;
import dev.nightshift.guards.lint.script.Pieces;
import dev.nightshift.guards.lint.script.Splitter;
import java.util.List;
import java.util.OptionalInt;

/** Lints scripts with a set of rules. May be used by several threads as far as its parser may. */
public final class Linter {
    private final List<LintRule> rules;
    private final SqlParser parser;

    public Linter(List<LintRule> rules, SqlParser parser) {
        this.rules = List.copyOf(rules);
        this.parser = parser;
    }

    /** The findings in the order of the script; waived ones among them, marked. */
    public List<LintFinding> lint(Script script) {
        return lint(script, Catalog.unknown(), OptionalInt.empty());
    }

    /**
     * As {@link #lint(Script)}, with what a database proves.
     *
     * @param serverVersion the major version of the server that the script is meant for; empty = ask the catalog
     */
    public List<LintFinding> lint(Script script, Catalog catalog, OptionalInt serverVersion) {
        return lint(script, catalog, serverVersion, new Past());
    }

    /** As the next script of a set: it may rest on what those before it proved, and becomes a part of the past. */
    public List<LintFinding> lint(Script script, Catalog catalog, OptionalInt serverVersion, Past past) {
        Pieces pieces = Splitter.split(script.text());
        Timeline timeline = Walker.walk(script, pieces, parser, catalog, serverVersion, past);
        List<LintFinding> found = new Findings(rules, script, pieces, timeline).all();
        past.add(timeline);
        return found;
    }
}
