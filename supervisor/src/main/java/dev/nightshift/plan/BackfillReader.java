package dev.nightshift.plan;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a backfill, the step with the most to say. */
final class BackfillReader {

    /** What a migration never fills row by row: PostgreSQL's own tables and the journal. */
    private static final Set<String> CLOSED_SCHEMAS =
            Set.of("information_schema", "nightshift", "pg_catalog", "pg_toast");

    private static final Map<String, Walk> WALKS = Map.of("auto", Walk.AUTO, "key", Walk.KEY, "heap", Walk.HEAP);

    private BackfillReader() {}

    static Optional<BackfillStep> read(String name, Fields fields) {
        Optional<TableName> table = fields.at("table").flatMap(v -> v.as("a table", BackfillReader::table));
        Map<String, String> set = fields.at("set").map(BackfillReader::set).orElse(Map.of());
        Optional<String> where = fields.at("where").flatMap(v -> v.as("an SQL condition", SqlExpression::check));
        Walk walk = fields.at("walk")
                .flatMap(v -> v.word(WALKS, "auto, key or heap"))
                .orElse(Walk.AUTO);
        if (walk == Walk.HEAP && fields.at("where").isEmpty()) {
            fields.at("walk")
                    .ifPresent(v -> v.problem("expected a `where` that each updated row leaves beside it, found none"));
        }
        BatchLimits batch = fields.at("batch").flatMap(BackfillReader::batch).orElse(BatchLimits.DEFAULT);
        boolean stableKey = fields.at("stable-key").flatMap(Value::yesOrNo).orElse(false);
        boolean fire = fields.at("triggers")
                .flatMap(v -> v.word(Map.of("fire", true), "fire, or no such key"))
                .orElse(false);
        fields.at("lanes").ifPresent(BackfillReader::lanes);
        if (fields.at("where").isEmpty()
                && !stableKey
                && fields.at("stable-key").map(v -> v.says("false")).orElse(true)) {
            fields.mapping()
                    .problem("expected a `where` that each updated row leaves, or `stable-key: true` if nobody changes "
                            + "the key meanwhile, found neither");
        }
        return fields.build(
                () -> new BackfillStep(name, table.orElseThrow(), set, where, walk, batch, stableKey, fire));
    }

    static TableName table(String text) {
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

    static Optional<BatchLimits> batch(Value value) {
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
