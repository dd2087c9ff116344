package dev.nightshift.postgres;

import static dev.nightshift.postgres.BackfillFacts.problem;

import dev.nightshift.plan.BackfillStep;
import dev.nightshift.plan.Walk;
import dev.nightshift.postgres.TableShape.KeyColumn;
import dev.nightshift.run.Explanation;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the facts about one backfill step over a session; writes nothing. */
public final class BackfillInspection {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Map<String, String> KINDS = Map.of(
            "v",
            "a view",
            "m",
            "a materialized view",
            "f",
            "a foreign table",
            "S",
            "a sequence",
            "i",
            "an index",
            "c",
            "a type");

    private final PgSession session;
    private final BackfillStep step;
    private final String[] set;
    private final List<Explanation> problems = new ArrayList<>();

    private BackfillInspection(PgSession session, BackfillStep step) {
        this.session = session;
        this.step = step;
        this.set = step.set().keySet().toArray(String[]::new);
    }

    /** What throws is a failure of the session; what is wrong with the step is in the facts. */
    public static BackfillFacts of(PgSession session, BackfillStep step) {
        return new BackfillInspection(session, step).facts();
    }

    private BackfillFacts facts() {
        RowSet<Row> tables = ask(
                BackfillCatalog.TABLE,
                Tuple.of(step.table().schema(), step.table().name()));
        if (tables.size() == 0) {
            add("there is no table " + step.table(), "check the name and its schema, and the database of the URL");
            return facts(Optional.empty());
        }
        Row table = tables.iterator().next();
        if (!isWalkable(table)) {
            return facts(Optional.empty());
        }
        long oid = table.getLong("oid");
        privileges(table);
        columns(oid);
        Optional<TableShape> shape = shape(oid, table.getBoolean("has_children"));
        triggers(oid);
        strangeLeaves(oid);
        if (problems.isEmpty()) {
            explain();
        }
        return facts(shape);
    }

    private BackfillFacts facts(Optional<TableShape> shape) {
        return new BackfillFacts(shape, problems);
    }

    private boolean isWalkable(Row table) {
        String kind = table.getString("kind");
        if (!kind.equals("r") && !kind.equals("p")) {
            add(step.table() + " is " + KINDS.getOrDefault(kind, "no table"), "name an ordinary table");
            return false;
        }
        if (!table.getString("persistence").equals("p")) {
            add(
                    step.table() + " is " + (table.getString("persistence").equals("u") ? "unlogged" : "temporary"),
                    "update it by a statement step: after a crash it is empty anyway");
            return false;
        }
        return true;
    }

    private void privileges(Row table) {
        if (!table.getBoolean("readable")) {
            add("the role may not read " + step.table(), "GRANT SELECT ON " + step.table() + " to it");
        }
        if (table.getBoolean("row_security")) {
            add(
                    "row-level security hides rows of " + step.table() + " from this role",
                    "run as a role with BYPASSRLS, or as the owner without FORCE ROW LEVEL SECURITY");
        }
        if (!table.getString("replication_role").equals("origin")) {
            add(
                    "session_replication_role is " + table.getString("replication_role") + ": triggers do not fire",
                    "RESET it for the role and the database");
        }
    }

    private void columns(long oid) {
        Set<String> missing = new LinkedHashSet<>(step.set().keySet());
        for (Row column : ask(BackfillCatalog.COLUMNS, Tuple.of(oid).addArrayOfString(set))) {
            String name = column.getString("name");
            missing.remove(name);
            if (column.getBoolean("generated") || column.getBoolean("identity_always")) {
                add("column " + name + " is generated", "take it out of `set`: PostgreSQL fills it");
            }
            if (column.getBoolean("partitions")) {
                add("column " + name + " decides the partition", "take it out of `set`: rows would move");
            }
            if (!column.getBoolean("updatable")) {
                add("the role may not update column " + name, "GRANT UPDATE ON " + step.table() + " to it");
            }
        }
        missing.forEach(name -> add("there is no column " + name + " in " + step.table(), "check the names in `set`"));
    }

    private Optional<TableShape> shape(long oid, boolean inherited) {
        Row heap = ask(BackfillCatalog.HEAP, Tuple.of(oid).addArrayOfString(set))
                .iterator()
                .next();
        List<String> against = againstHeap(heap);
        List<KeyFound> keys = keys(oid);
        Optional<KeyFound> usable =
                keys.stream().filter(key -> key.changed().isEmpty()).findFirst();
        boolean wanted = step.walk() == Walk.HEAP;
        if (wanted || (step.walk() == Walk.AUTO && step.where().isPresent() && against.isEmpty())) {
            against.forEach(what -> add(what, "leave `walk: heap` out, or mend that"));
            List<KeyColumn> example = usable.map(KeyFound::columns).orElse(List.of());
            return Optional.of(new TableShape(oid, example, true, heap.getBoolean("sets_key")));
        }
        if (inherited) {
            add(
                    "other tables inherit from " + step.table() + ", and no key spans them",
                    "give the step a `where` and the heap walk, or each table its own step");
        }
        if (usable.isEmpty()) {
            noKey(keys);
        }
        return usable.map(key -> new TableShape(oid, key.columns(), false, false));
    }

    private List<String> againstHeap(Row heap) {
        List<String> against = new ArrayList<>();
        notNull(heap.getString("other_access")).ifPresent(names -> against.add("not stored as a heap: " + names));
        notNull(heap.getString("closed"))
                .ifPresent(names -> against.add("the role may not update partitions or children themselves: " + names));
        notNull(heap.getString("above"))
                .ifPresent(names -> against.add("triggers of " + step.table()
                        + " for whole statements would not fire for its partitions or children: " + names));
        return against;
    }

    private static Optional<String> notNull(@Nullable String text) {
        return Optional.ofNullable(text);
    }

    private record KeyFound(List<KeyColumn> columns, Optional<String> changed) {}

    private List<KeyFound> keys(long oid) {
        List<KeyFound> keys = new ArrayList<>();
        for (Row row : ask(BackfillCatalog.KEYS, Tuple.of(oid))) {
            List<KeyColumn> columns = new ArrayList<>();
            Optional<String> changed = Optional.empty();
            for (Object each : row.getJsonArray("columns")) {
                JsonObject column = (JsonObject) each;
                columns.add(new KeyColumn(column.getString("quoted"), column.getString("type")));
                changed = step.set().containsKey(column.getString("name"))
                        ? Optional.of(column.getString("name"))
                        : changed;
            }
            keys.add(new KeyFound(columns, changed));
        }
        return keys;
    }

    private void noKey(List<KeyFound> keys) {
        Optional<String> changed =
                keys.stream().flatMap(key -> key.changed().stream()).findFirst();
        if (changed.isPresent()) {
            add(
                    "`set` changes " + changed.get() + ", and the key with it",
                    "walk by a key that stays: a unique index over NOT NULL columns");
        } else {
            add(step.table() + " has no key to walk by", "add a primary key, or a unique index over NOT NULL columns");
        }
    }

    private void triggers(long oid) {
        Tuple values = Tuple.of(oid).addArrayOfString(set);
        List<String> triggers = names(ask(BackfillCatalog.TRIGGERS, values));
        if (!triggers.isEmpty() && !step.fireTriggers()) {
            add(
                    "each updated row of " + step.table() + " would fire " + String.join(", ", triggers),
                    "say `triggers: fire` in the step, or give them WHEN (OLD.* IS DISTINCT FROM NEW.*)");
        }
        List<String> rules = names(ask(BackfillCatalog.RULES, Tuple.of(oid)));
        if (!rules.isEmpty()) {
            add("rules rewrite updates of " + step.table() + ": " + String.join(", ", rules), "drop the rules");
        }
    }

    private void strangeLeaves(long oid) {
        List<String> leaves = names(ask(BackfillCatalog.STRANGE_LEAVES, Tuple.of(oid)));
        if (!leaves.isEmpty()) {
            add(
                    "partitions that are foreign, unlogged or temporary: " + String.join(", ", leaves),
                    "detach them, or give each ordinary partition its own step");
        }
    }

    /** PostgreSQL itself reads the expressions, as the walk will use them. */
    private void explain() {
        String where = step.where().map(w -> " WHERE (" + w + ")").orElse("");
        try {
            session.run(
                    "EXPLAIN UPDATE " + step.table().quoted() + " SET " + BatchSql.assignments(step) + where, PATIENCE);
        } catch (RuntimeException e) {
            if (SqlStates.of(e).passing()) {
                throw e;
            }
            problems.add(
                    PgFailures.explain(e, "reading `set` and `where` of " + step.name(), Explanation.NOTHING_CHANGED));
        }
    }

    private static List<String> names(RowSet<Row> rows) {
        List<String> names = new ArrayList<>();
        rows.forEach(row -> names.add(row.getString("name")));
        return names;
    }

    private RowSet<Row> ask(String sql, Tuple values) {
        return session.run(sql, values, PATIENCE);
    }

    private void add(String what, String todo) {
        problems.add(problem(step, what, todo));
    }
}
