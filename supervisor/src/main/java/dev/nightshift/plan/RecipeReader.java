package dev.nightshift.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the entries of a plan that stand for several steps. */
final class RecipeReader {

    private static final String COLUMNS = "a list with at least one column";

    private static final Map<String, String> ACTIONS = Map.of(
            "no action",
            "NO ACTION",
            "restrict",
            "RESTRICT",
            "cascade",
            "CASCADE",
            "set null",
            "SET NULL",
            "set default",
            "SET DEFAULT");

    private final String name;
    private final Fields fields;

    private RecipeReader(String name, Fields fields) {
        this.name = name;
        this.fields = fields;
    }

    static Optional<Recipe> read(Shape shape, String name, Fields fields) {
        if (name.length() > Expansion.LONGEST_NAME) {
            fields.at("name")
                    .ifPresent(value -> value.problem("expected at most " + Expansion.LONGEST_NAME
                            + " characters, since the steps are named after it, found " + name.length()));
        }
        RecipeReader reader = new RecipeReader(name, fields);
        return switch (shape) {
            case NOT_NULL -> reader.notNull();
            case CHECK -> reader.check();
            case FOREIGN_KEY -> reader.foreignKey();
            case UNIQUE -> reader.unique();
            case INDEX -> reader.index();
            case BIGINT_KEY -> reader.bigintKey();
            default -> throw new IllegalStateException("no recipe: " + shape);
        };
    }

    private Optional<Recipe> notNull() {
        Optional<TableName> table = table("table");
        Optional<Identifier> column = column("column");
        return fields.build(() -> new NotNullRecipe(name, table.orElseThrow(), column.orElseThrow()).recipe());
    }

    private Optional<Recipe> check() {
        Optional<TableName> table = table("table");
        Optional<String> condition = condition("condition");
        return fields.build(() -> new CheckRecipe(name, table.orElseThrow(), condition.orElseThrow()).recipe());
    }

    private Optional<Recipe> foreignKey() {
        Optional<TableName> table = table("table");
        List<Identifier> columns = columns("columns");
        Optional<TableName> references = table("references");
        List<Identifier> key = columns("key");
        fields.at("key")
                .filter(value -> !key.isEmpty() && !columns.isEmpty() && key.size() != columns.size())
                .ifPresent(value -> value.problem(
                        "expected as many columns as under `columns`, " + columns.size() + ", found " + key.size()));
        List<String> actions = new ArrayList<>();
        action("on-delete").ifPresent(action -> actions.add("ON DELETE " + action));
        action("on-update").ifPresent(action -> actions.add("ON UPDATE " + action));
        Optional<Boolean> index = fields.at("index").flatMap(Value::yesOrNo);
        return fields.build(() -> new ForeignKeyRecipe(
                        name, table.orElseThrow(), columns, references.orElseThrow(), key, actions, index)
                .recipe());
    }

    private Optional<Recipe> unique() {
        Optional<TableName> table = table("table");
        List<Identifier> columns = columns("columns");
        return fields.build(() -> new UniqueRecipe(name, table.orElseThrow(), columns).recipe());
    }

    private Optional<Recipe> index() {
        Optional<TableName> table = table("table");
        List<IndexKey> keys = list("columns", "a column", IndexKey::parse);
        boolean unique = fields.at("unique").flatMap(Value::yesOrNo).orElse(false);
        Optional<Identifier> using = fields.at("using").flatMap(v -> v.as("an access method", Identifier::parse));
        List<Identifier> include = columns("include");
        Optional<String> where = condition("where");
        return fields.build(
                () -> new IndexRecipe(name, table.orElseThrow(), keys, unique, using, include, where).recipe());
    }

    private Optional<Recipe> bigintKey() {
        Optional<TableName> table = table("table");
        Optional<Identifier> column = column("column");
        BatchLimits batch = WalkReader.batch(fields);
        return fields.build(() -> new BigintKeyRecipe(name, table.orElseThrow(), column.orElseThrow(), batch).recipe());
    }

    private Optional<TableName> table(String key) {
        return WalkReader.table(fields, key);
    }

    private Optional<Identifier> column(String key) {
        return fields.at(key).flatMap(value -> value.as("a column", Identifier::parse));
    }

    private Optional<String> condition(String key) {
        return fields.at(key).flatMap(value -> value.as("an SQL condition", SqlExpression::check));
    }

    private Optional<String> action(String key) {
        return fields.at(key)
                .flatMap(value -> value.word(ACTIONS, "no action, restrict, cascade, set null or set default"));
    }

    private List<Identifier> columns(String key) {
        List<Identifier> columns = list(key, "a column", Identifier::parse);
        Set<Identifier> seen = new HashSet<>();
        columns.stream()
                .filter(column -> !seen.add(column))
                .findFirst()
                .ifPresent(column -> fields.at(key)
                        .ifPresent(value -> value.problem("expected each column once, found '" + column + "' again")));
        return columns;
    }

    private <T> List<T> list(String key, String expected, Function<String, T> parser) {
        List<T> parsed = new ArrayList<>();
        fields.at(key)
                .ifPresent(value -> value.items(COLUMNS)
                        .forEach(item -> item.as(expected, parser).ifPresent(parsed::add)));
        return parsed;
    }
}
