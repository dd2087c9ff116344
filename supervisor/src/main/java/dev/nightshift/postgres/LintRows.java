package dev.nightshift.postgres;

import dev.nightshift.guards.lint.catalog.Column;
import dev.nightshift.guards.lint.catalog.Constraint;
import dev.nightshift.guards.lint.catalog.Index;
import dev.nightshift.guards.lint.catalog.Table;
import dev.nightshift.guards.lint.tree.Name;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of the catalog as the linter's facts. */
final class LintRows {

    private static final Map<String, Table.Kind> KINDS = Map.of(
            "r", Table.Kind.TABLE,
            "t", Table.Kind.TABLE,
            "p", Table.Kind.PARTITIONED,
            "v", Table.Kind.VIEW,
            "m", Table.Kind.MATERIALIZED_VIEW,
            "f", Table.Kind.FOREIGN,
            "i", Table.Kind.INDEX,
            "I", Table.Kind.INDEX,
            "S", Table.Kind.SEQUENCE,
            "c", Table.Kind.COMPOSITE);

    private static final Map<String, Constraint.Kind> CONSTRAINTS = Map.of(
            "c", Constraint.Kind.CHECK,
            "f", Constraint.Kind.FOREIGN_KEY,
            "p", Constraint.Kind.PRIMARY_KEY,
            "u", Constraint.Kind.UNIQUE,
            "x", Constraint.Kind.EXCLUSION,
            "n", Constraint.Kind.NOT_NULL,
            "t", Constraint.Kind.TRIGGER);

    private LintRows() {}

    static Table table(Row row) {
        return new Table(
                new Name(row.getString("schema"), row.getString("name")),
                KINDS.getOrDefault(row.getString("kind"), Table.Kind.TABLE),
                rows(row.getDouble("rows")),
                objects(row, "columns", LintRows::column),
                objects(row, "constraints", LintRows::constraint),
                objects(row, "indexes", LintRows::index),
                strings((JsonArray) row.getJson("partition_key")),
                Optional.ofNullable((JsonArray) row.getJson("default_partition"))
                        .map(name -> new Name(name.getString(0), name.getString(1))),
                strings((JsonArray) row.getJson("publications")));
    }

    private static OptionalLong rows(@Nullable Double estimate) {
        return estimate == null || estimate.isNaN() ? OptionalLong.empty() : OptionalLong.of(Math.round(estimate));
    }

    private static Column column(JsonObject column) {
        return new Column(column.getString("name"), column.getString("type"), column.getBoolean("notNull"));
    }

    private static Constraint constraint(JsonObject constraint) {
        return new Constraint(
                constraint.getString("name"),
                CONSTRAINTS.getOrDefault(constraint.getString("type"), Constraint.Kind.TRIGGER),
                strings(constraint.getJsonArray("columns")),
                constraint.getString("expression"),
                constraint.getBoolean("validated"),
                Optional.ofNullable(constraint.getString("parent"))
                        .map(parent -> new Name(constraint.getString("parentSchema"), parent)));
    }

    private static Index index(JsonObject index) {
        return new Index(
                index.getString("name"),
                strings(index.getJsonArray("columns")),
                index.getBoolean("unique"),
                index.getBoolean("valid"),
                index.getBoolean("primary"),
                index.getBoolean("identity"));
    }

    private static <T> List<T> objects(Row row, String column, Function<JsonObject, T> reader) {
        return stream((JsonArray) row.getJson(column))
                .map(value -> reader.apply((JsonObject) value))
                .toList();
    }

    private static List<String> strings(@Nullable JsonArray array) {
        return stream(array).map(String::valueOf).toList();
    }

    private static Stream<Object> stream(@Nullable JsonArray array) {
        return array == null ? Stream.empty() : array.stream();
    }
}
