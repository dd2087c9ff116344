package dev.nightshift.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a recipe's steps together, each named after the recipe. */
final class Expansion {

    /** The longest that leaves room for the names of its steps. */
    static final int LONGEST_NAME = 45;

    private final String kind;
    private final String name;
    private final List<String> makes = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<StatementStep> abort = new ArrayList<>();
    private final List<String> advice = new ArrayList<>();

    Expansion(String kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    Expansion statement(String suffix, String sql) {
        steps.add(new StatementStep(named(suffix), sql));
        return this;
    }

    /** A statement that creates something, and the one that takes it away again. */
    Expansion making(String what, String suffix, String sql, String undo) {
        makes.add(what);
        return statement(suffix, sql).undo(suffix, undo);
    }

    /** Undoes the step of that suffix, before all that was made earlier is undone. */
    Expansion undo(String suffix, String sql) {
        abort.add(0, new StatementStep(named("undo-" + suffix), sql, Optional.of(named(suffix))));
        return this;
    }

    Expansion backfill(String suffix, TableName table, Map<String, String> set, String where, BatchLimits batch) {
        steps.add(
                new BackfillStep(named(suffix), table, set, Optional.of(where), Walk.AUTO, batch, false, false, false));
        return this;
    }

    Expansion approval(String suffix) {
        steps.add(new HoldStep(named(suffix)));
        return this;
    }

    Expansion advise(String sentence) {
        advice.add(sentence);
        return this;
    }

    Recipe recipe(String does) {
        return new Recipe(kind, name, does, makes, steps, abort, advice);
    }

    private String named(String suffix) {
        return name + "-" + suffix;
    }
}
