package dev.nightshift.postgres;

import dev.nightshift.plan.WalkStep;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** What speaks against the writing of a walk: columns, privileges, triggers, rules and what hangs on the rows. */
final class WriteInspection {

    private final CatalogSession catalog;
    private final WalkStep step;
    private final WriteEvent event;
    private final BiConsumer<String, String> problems;

    /** @param problems told what is wrong and what to do */
    WriteInspection(CatalogSession catalog, WalkStep step, BiConsumer<String, String> problems) {
        this.catalog = catalog;
        this.step = step;
        this.event = WriteEvent.of(step);
        this.problems = problems;
    }

    /** @param oid of the table that is written */
    void look(long oid) {
        columns(oid);
        triggers(oid);
        rules(oid);
        if (event == WriteEvent.DELETE) {
            deletable(oid);
            references(oid);
        }
    }

    private void columns(long oid) {
        Set<String> missing = new LinkedHashSet<>(step.set().keySet());
        for (Row column : catalog.ask(
                WalkCatalog.COLUMNS, set(oid).addString(event == WriteEvent.INSERT ? "INSERT" : "UPDATE"))) {
            String name = column.getString("name");
            missing.remove(name);
            if (column.getBoolean("generated") || column.getBoolean("identity_always")) {
                problems.accept("column " + name + " is generated", "take it out of `set`: PostgreSQL fills it");
            }
            if (column.getBoolean("partitions") && event == WriteEvent.UPDATE) {
                problems.accept("column " + name + " decides the partition", "take it out of `set`: rows would move");
            }
            if (!column.getBoolean("writable")) {
                problems.accept(
                        "the role may not " + (event == WriteEvent.INSERT ? "fill" : "update") + " column " + name,
                        "GRANT " + event.verb() + " ON " + step.table() + " to it");
            }
        }
        missing.forEach(name ->
                problems.accept("there is no column " + name + " in " + step.table(), "check the names in `set`"));
    }

    private void triggers(long oid) {
        List<String> triggers = catalog.names(WalkCatalog.TRIGGERS, set(oid).addInteger(event.triggerBit()));
        if (!triggers.isEmpty() && !step.fireTriggers()) {
            problems.accept(
                    "each " + event.done() + " row of " + step.table() + " would fire " + String.join(", ", triggers),
                    event == WriteEvent.UPDATE
                            ? "say `triggers: fire` in the step, or give them WHEN (OLD.* IS DISTINCT FROM NEW.*)"
                            : "say `triggers: fire` in the step, or take them away for its time");
        }
    }

    private void rules(long oid) {
        List<String> rules = catalog.names(WalkCatalog.RULES, Tuple.of(oid, event.ruleType()));
        if (!rules.isEmpty()) {
            problems.accept(
                    "rules rewrite every " + event.verb() + " of " + step.table() + ": " + String.join(", ", rules),
                    "drop the rules");
        }
    }

    private void deletable(long oid) {
        if (!catalog.ask(WalkCatalog.DELETABLE, Tuple.of(oid)).iterator().next().getBoolean(0)) {
            problems.accept(
                    "the role may not delete from " + step.table(), "GRANT DELETE ON " + step.table() + " to it");
        }
    }

    /** Each deleted row is looked for in every table that may refer to it. */
    private void references(long oid) {
        for (Row row : catalog.ask(WalkCatalog.REFERENCES, Tuple.of(oid))) {
            String other = row.getString("other");
            if (!row.getBoolean("indexed")) {
                problems.accept(
                        "each deleted row would read all of " + other + ": no index begins with the columns of "
                                + row.getString("name"),
                        "CREATE INDEX CONCURRENTLY ON " + other + " (" + row.getString("columns") + ")");
            }
            if (row.getBoolean("follows") && !step.fireTriggers()) {
                problems.accept(
                        "rows of " + other + " would be " + row.getString("action") + " with those that they refer to ("
                                + row.getString("name") + ")",
                        "say `triggers: fire` in the step if that is wanted, or do " + other + " in a step before");
            }
        }
    }

    /** Columns of a unique index of a copy's target that the step sets, so that a row is never copied twice. */
    Optional<List<String>> targetKey(long oid) {
        for (Row row : catalog.ask(WalkCatalog.KEYS, Tuple.of(oid))) {
            List<String> columns = new ArrayList<>();
            for (Object each : row.getJsonArray("columns")) {
                JsonObject column = (JsonObject) each;
                columns.add(column.getString("name"));
            }
            if (step.set().keySet().containsAll(columns)) {
                return Optional.of(columns);
            }
        }
        problems.accept(
                "nothing tells which rows " + step.table() + " has already",
                "give it a primary key, or a unique index over NOT NULL columns, whose columns are all in `set`");
        return Optional.empty();
    }

    private Tuple set(long oid) {
        return Tuple.of(oid).addArrayOfString(step.set().keySet().toArray(String[]::new));
    }
}
