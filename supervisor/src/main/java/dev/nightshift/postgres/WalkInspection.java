package dev.nightshift.postgres;

import static dev.nightshift.postgres.WalkFacts.problem;

import dev.nightshift.plan.BackfillStep;
import dev.nightshift.plan.CopyStep;
import dev.nightshift.plan.KeptTable;
import dev.nightshift.plan.RestoreStep;
import dev.nightshift.plan.TableName;
import dev.nightshift.plan.Walk;
import dev.nightshift.plan.WalkStep;
import dev.nightshift.postgres.TableShape.KeyColumn;
import dev.nightshift.run.Explanation;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the facts about one step that walks over a session; writes nothing. */
public final class WalkInspection {

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

    private final CatalogSession catalog;
    private final WalkStep step;
    private final Set<String> set;
    private final List<Explanation> problems = new ArrayList<>();

    private WalkInspection(PgSession session, WalkStep step) {
        this.catalog = new CatalogSession(session);
        this.step = step;
        this.set = step.walked().equals(step.table()) ? step.set().keySet() : Set.of();
    }

    /** What throws is a failure of the session; what is wrong with the step is in the facts. */
    public static WalkFacts of(PgSession session, WalkStep step) {
        return new WalkInspection(session, step).facts();
    }

    private WalkFacts facts() {
        Optional<Row> table = table(step.walked());
        Optional<Row> written = step.table().equals(step.walked()) ? table : table(step.table());
        if (table.isEmpty() || written.isEmpty()) {
            return facts(Optional.empty());
        }
        privileges(table.get());
        long oid = table.get().getLong("oid");
        long target = written.get().getLong("oid");
        WriteInspection writing = new WriteInspection(catalog, step, this::add);
        writing.look(target);
        Optional<List<String>> targetKey =
                step instanceof CopyStep ? writing.targetKey(target) : Optional.of(List.of());
        Optional<TableShape> shape =
                targetKey.flatMap(key -> shape(oid, key, table.get().getBoolean("has_children")));
        strangeLeaves(oid);
        if (problems.isEmpty()) {
            shape.ifPresent(found -> explain(found.change()));
        }
        return facts(shape);
    }

    /** A table that can be walked or written. */
    private Optional<Row> table(TableName name) {
        RowSet<Row> tables = catalog.ask(WalkCatalog.TABLE, Tuple.of(name.schema(), name.name()));
        if (tables.size() == 0) {
            add("there is no table " + name, "check the name and its schema, and the database of the URL");
            return Optional.empty();
        }
        Row table = tables.iterator().next();
        return isWalkable(name, table) ? Optional.of(table) : Optional.empty();
    }

    private WalkFacts facts(Optional<TableShape> shape) {
        return new WalkFacts(shape, problems);
    }

    private boolean isWalkable(TableName name, Row table) {
        String kind = table.getString("kind");
        if (!kind.equals("r") && !kind.equals("p")) {
            add(name + " is " + KINDS.getOrDefault(kind, "no table"), "name an ordinary table");
            return false;
        }
        if (!table.getString("persistence").equals("p")) {
            add(
                    name + " is " + (table.getString("persistence").equals("u") ? "unlogged" : "temporary"),
                    "update it by a statement step: after a crash it is empty anyway");
            return false;
        }
        return true;
    }

    private void privileges(Row table) {
        if (!table.getBoolean("readable")) {
            add("the role may not read " + step.walked(), "GRANT SELECT ON " + step.walked() + " to it");
        }
        if (table.getBoolean("row_security")) {
            add(
                    "row-level security hides rows of " + step.walked() + " from this role",
                    "run as a role with BYPASSRLS, or as the owner without FORCE ROW LEVEL SECURITY");
        }
        if (!table.getString("replication_role").equals("origin")) {
            add(
                    "session_replication_role is " + table.getString("replication_role") + ": triggers do not fire",
                    "RESET it for the role and the database");
        }
    }

    private Optional<TableShape> shape(long oid, List<String> targetKey, boolean inherited) {
        WriteEvent event = WriteEvent.of(step);
        Tuple values = Tuple.of(oid)
                .addArrayOfString(set.toArray(String[]::new))
                .addString(event.verb())
                .addInteger(event.triggerBit());
        Row heap = catalog.ask(WalkCatalog.HEAP, values).iterator().next();
        List<String> against = againstHeap(heap);
        List<KeyFound> keys = keys(oid);
        Optional<KeyFound> usable =
                keys.stream().filter(key -> key.changed().isEmpty()).findFirst();
        List<KeyColumn> key = usable.map(KeyFound::columns).orElse(List.of());
        if (step instanceof BackfillStep backfill) {
            backfill.kept()
                    .ifPresent(kept -> new KeptInspection(catalog, backfill, kept, this::add)
                            .look(usable.map(KeyFound::names).orElse(List.of()), inherited));
        }
        Change change = new Change(step, targetKey, kept(key));
        boolean setsKey = heap.getBoolean("sets_key");
        boolean wanted = step.walk() == Walk.HEAP;
        if (wanted || (step.walk() == Walk.AUTO && step.leaves() && against.isEmpty())) {
            against.forEach(what -> add(what, "leave `walk: heap` out, or mend that"));
            return Optional.of(new TableShape(oid, change, key, true, setsKey));
        }
        if (inherited) {
            add(
                    "other tables inherit from " + step.walked() + ", and no key spans them",
                    "give the step a `where` and the heap walk, or each table its own step");
        }
        if (usable.isEmpty()) {
            noKey(keys);
        }
        return usable.map(found -> new TableShape(oid, change, key, false, setsKey));
    }

    private Optional<KeptSql> kept(List<KeyColumn> key) {
        Optional<KeptTable> table = step instanceof RestoreStep restore
                ? Optional.of(restore.kept())
                : step instanceof BackfillStep backfill ? backfill.kept() : Optional.empty();
        return table.map(
                kept -> new KeptSql(kept, key.stream().map(KeyColumn::name).toList()));
    }

    private List<String> againstHeap(Row heap) {
        List<String> against = new ArrayList<>();
        Optional.ofNullable(heap.getString("other_access"))
                .ifPresent(names -> against.add("not stored as a heap: " + names));
        Optional.ofNullable(heap.getString("closed"))
                .ifPresent(names -> against.add("the role may not change partitions or children themselves: " + names));
        Optional.ofNullable(heap.getString("above"))
                .ifPresent(names -> against.add("triggers of " + step.walked()
                        + " for whole statements would not fire for its partitions or children: " + names));
        return against;
    }

    private record KeyFound(List<KeyColumn> columns, List<String> names, Optional<String> changed) {}

    private List<KeyFound> keys(long oid) {
        List<KeyFound> keys = new ArrayList<>();
        for (Row row : catalog.ask(WalkCatalog.KEYS, Tuple.of(oid))) {
            List<KeyColumn> columns = new ArrayList<>();
            List<String> names = new ArrayList<>();
            Optional<String> changed = Optional.empty();
            for (Object each : row.getJsonArray("columns")) {
                JsonObject column = (JsonObject) each;
                names.add(column.getString("name"));
                columns.add(new KeyColumn(column.getString("quoted"), column.getString("type")));
                changed = set.contains(column.getString("name")) ? Optional.of(column.getString("name")) : changed;
            }
            keys.add(new KeyFound(columns, names, changed));
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
            add(step.walked() + " has no key to walk by", "add a primary key, or a unique index over NOT NULL columns");
        }
    }

    private void strangeLeaves(long oid) {
        List<String> leaves = catalog.names(WalkCatalog.STRANGE_LEAVES, Tuple.of(oid));
        if (!leaves.isEmpty()) {
            add(
                    "partitions that are foreign, unlogged or temporary: " + String.join(", ", leaves),
                    "detach them, or give each ordinary partition its own step");
        }
    }

    /** PostgreSQL itself reads the expressions, as the walk will use them. */
    private void explain(Change change) {
        String from = step.walked().quoted();
        try {
            catalog.explain(change.plain().rows(from, change.matching(), List.of("1")));
            catalog.explain(change.left(from, List.of("1"), "true"));
        } catch (RuntimeException e) {
            if (SqlStates.of(e).passing()) {
                throw e;
            }
            problems.add(
                    PgFailures.explain(e, "reading `set` and `where` of " + step.name(), Explanation.NOTHING_CHANGED));
        }
    }

    private void add(String what, String todo) {
        problems.add(problem(step, what, todo));
    }
}
