package dev.nightshift.plan;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the steps that go through a table: backfill, delete and copy. */
final class WalkReader {

    /** What a migration never fills row by row: PostgreSQL's own tables and the journal. */
    private static final Set<String> CLOSED_SCHEMAS =
            Set.of("information_schema", "nightshift", "pg_catalog", "pg_toast");

    private static final Map<String, Walk> WALKS = Map.of("auto", Walk.AUTO, "key", Walk.KEY, "heap", Walk.HEAP);

    private WalkReader() {}

    static Optional<BackfillStep> backfill(String name, Fields fields) {
        Optional<TableName> table = table(fields, "table");
        Map<String, String> set = fields.at("set").map(WalkReader::set).orElse(Map.of());
        Optional<String> where = where(fields);
        Walk walk = walk(fields);
        if (walk == Walk.HEAP && fields.at("where").isEmpty()) {
            fields.at("walk")
                    .ifPresent(v -> v.problem("expected a `where` that each updated row leaves beside it, found none"));
        }
        BatchLimits batch = batch(fields);
        boolean stableKey = fields.at("stable-key").flatMap(Value::yesOrNo).orElse(false);
        boolean fire = fire(fields);
        boolean keepOld = fields.at("keep-old").flatMap(Value::yesOrNo).orElse(false);
        fields.at("lanes").ifPresent(WalkReader::lanes);
        if (fields.at("where").isEmpty()
                && !stableKey
                && fields.at("stable-key").map(v -> v.says("false")).orElse(true)) {
            fields.mapping()
                    .problem("expected a `where` that each updated row leaves, or `stable-key: true` if nobody changes "
                            + "the key meanwhile, found neither");
        }
        return fields.build(
                () -> new BackfillStep(name, table.orElseThrow(), set, where, walk, batch, stableKey, fire, keepOld));
    }

    static Optional<DeleteStep> delete(String name, Fields fields) {
        Optional<TableName> table = table(fields, "table");
        Optional<String> where = where(fields);
        Walk walk = walk(fields);
        BatchLimits batch = batch(fields);
        boolean fire = fire(fields);
        return fields.build(() -> new DeleteStep(name, table.orElseThrow(), where.orElseThrow(), walk, batch, fire));
    }

    static Optional<CopyStep> copy(String name, Fields fields) {
        Optional<TableName> from = table(fields, "from");
        Optional<TableName> table = table(fields, "table");
        Map<String, String> set = fields.at("set").map(WalkReader::set).orElse(Map.of());
        Optional<String> where = where(fields);
        Walk walk = walk(fields);
        BatchLimits batch = batch(fields);
        boolean fire = fire(fields);
        return fields.build(
                () -> new CopyStep(name, from.orElseThrow(), table.orElseThrow(), set, where, walk, batch, fire));
    }

    static Optional<TableName> table(Fields fields, String key) {
        return fields.at(key).flatMap(v -> v.as("a table", WalkReader::table));
    }

    private static Optional<String> where(Fields fields) {
        return fields.at("where").flatMap(v -> v.as("an SQL condition", SqlExpression::check));
    }

    private static Walk walk(Fields fields) {
        return fields.at("walk")
                .flatMap(v -> v.word(WALKS, "auto, key or heap"))
                .orElse(Walk.AUTO);
    }

    private static boolean fire(Fields fields) {
        return fields.at("triggers")
                .flatMap(v -> v.word(Map.of("fire", true), "fire, or no such key"))
                .orElse(false);
    }

    private static TableName table(String text) {
        TableName table = TableName.parse(text);
        if (CLOSED_SCHEMAS.contains(table.schema())) {
            throw new IllegalArgumentException("expected a table of yours, found '" + table + "'");
        }
        return table;
    }

    private static Map<String, String> set(Value value) {
        Map<String, String> set = new LinkedHashMap<>();
        if (!value.isMapping()) {
            value.wrong("columns with their expressions such as {total: \"amount * 100\"}", "");
            return set;
        }
        Map<String, Value> entries = Fields.entries(value);
        if (entries.isEmpty()) {
            value.problem("expected at least one column, found none");
        }
        entries.forEach((written, expression) -> column(written, expression).ifPresent(column -> {
            Optional<String> sql =
                    expression.as("an SQL expression (\"NULL\" in quotes for none)", SqlExpression::check);
            if (set.containsKey(column)) {
                expression.problemWithKey("expected each column once, found '" + column + "' again");
            }
            sql.ifPresent(text -> set.put(column, text));
        }));
        return set;
    }

    private static Optional<String> column(String written, Value value) {
        try {
            return Optional.of(Identifier.parse(written).name());
        } catch (IllegalArgumentException e) {
            value.problemWithKey(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static void lanes(Value value) {
        value.whole(1, 64)
                .filter(lanes -> lanes > 1)
                .ifPresent(lanes -> value.problem("expected 1, found " + lanes + "; this version walks in one lane"));
    }

    static BatchLimits batch(Fields fields) {
        return fields.at("batch").flatMap(WalkReader::batch).orElse(BatchLimits.DEFAULT);
    }

    private static Optional<BatchLimits> batch(Value value) {
        Optional<Fields> found = value.fields(Shape.BATCH, "a mapping with `rows` or `time`");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = found.get();
        int rows = fields.at("rows")
                .flatMap(v -> v.whole(1, BatchLimits.MOST_ROWS))
                .orElse(BatchLimits.DEFAULT.rows());
        Duration time = fields.at("time")
                .flatMap(v -> v.as("a duration from 10ms to 5s", text -> Quantities.duration(text, "10ms", "5s")))
                .orElse(BatchLimits.DEFAULT.time());
        return fields.build(() -> new BatchLimits(rows, time));
    }
}
