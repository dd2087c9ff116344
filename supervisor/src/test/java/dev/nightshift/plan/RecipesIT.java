package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The statements of recipes, and what undoes them, over names that only quotes keep whole. */
class RecipesIT {

    private static final String TABLE = "'\"Läden\".\"select\"'";

    /** What a schema consists of; columns that were dropped do not count. */
    private static final String SCHEMA = """
            SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
              SELECT format('constraint %s.%s %s %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid),
                            c.convalidated) AS line
              FROM pg_constraint c WHERE c.connamespace = '"Läden"'::regnamespace
              UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'Läden'
              UNION ALL SELECT format('column %s.%s %s %s %s %s', a.attrelid::regclass, a.attname,
                            format_type(a.atttypid, a.atttypmod), a.attnotnull,
                            coalesce(nullif(a.attidentity, ''), '-'), coalesce(pg_get_expr(d.adbin, d.adrelid), '-'))
              FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
              LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
              WHERE c.relnamespace = '"Läden"'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
              UNION ALL SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
              WHERE c.relnamespace = '"Läden"'::regnamespace AND NOT t.tgisinternal
              UNION ALL SELECT 'function ' || p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = '"Läden"'::regnamespace
              UNION ALL SELECT format('sequence %s %s %s', s.seqrelid::regclass, s.seqtypid::regtype, s.seqmax)
              FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid WHERE c.relnamespace = '"Läden"'::regnamespace
            ) AS all_of_it""";

    /** Each with a statement that takes a name which the recipe would use. */
    private static final Map<String, String> RECIPES = Map.of(
            "bigint-key: {name: r, table: " + TABLE + ", column: id}",
            "CREATE FUNCTION \"Läden\".zz_select_id_bigint() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "not-null: {name: r, table: " + TABLE + ", column: '\"Größe\"'}",
            "ALTER TABLE \"Läden\".\"select\" ADD CONSTRAINT \"select_Größe_filled\" CHECK (true)",
            "check: {name: r, table: " + TABLE + ", condition: '\"Größe\" > 0'}",
            "ALTER TABLE \"Läden\".\"select\" ADD CONSTRAINT select_r_check CHECK (true)",
            "foreign-key: {name: r, table: " + TABLE + ", columns: [person], references: '\"Läden\".people', key: [id],"
                    + " on-delete: cascade, on-update: restrict, index: true}",
            "CREATE INDEX select_person_idx ON \"Läden\".people (id)",
            "unique: {name: r, table: " + TABLE + ", columns: ['\"Größe\"', person]}",
            "CREATE TABLE \"Läden\".\"select_Größe_person_key\" ()",
            "index: {name: r, table: " + TABLE + ", columns: ['\"Größe\" DESC', '(person + 1)'], include: [id],"
                    + " where: person > 5}",
            "CREATE INDEX \"select_Größe_expr_idx\" ON \"Läden\".\"select\" (\"Größe\" DESC, (person + 1)) INCLUDE (id)"
                    + " WHERE person > 5");

    private static Cluster cluster;

    private Connection connection;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(ClusterSettings.primaryOnly());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void tables() throws SQLException {
        connection = cluster.primary().connect();
        execute("CREATE SCHEMA \"Läden\"");
        execute("CREATE TABLE \"Läden\".people (id int PRIMARY KEY)");
        execute(
                "CREATE TABLE \"Läden\".\"select\" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person int, \"Größe\" int)");
        execute("INSERT INTO \"Läden\".people SELECT generate_series(1, 10)");
        execute(
                "INSERT INTO \"Läden\".\"select\" (person, \"Größe\") SELECT 1 + g % 10, g FROM generate_series(1, 1000) g");
        execute("SET search_path = pg_catalog");
    }

    @AfterEach
    void clear() throws SQLException {
        execute("DROP SCHEMA \"Läden\" CASCADE");
        connection.close();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void wherever_it_is_stopped_the_abort_steps_leave_the_schema_as_it_was(String yaml) throws SQLException {
        Plan plan = plan(yaml);
        String before = schema();
        for (int done = 1; done <= revocable(plan); done++) {
            for (Step step : plan.steps().subList(0, done)) {
                carryOut(step);
            }
            abort(plan, done);
            assertThat(schema()).as("after %d steps", done).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void what_was_there_before_stops_the_first_step_and_survives_the_abort(String yaml) throws SQLException {
        Plan plan = plan(yaml);
        execute(Objects.requireNonNull(RECIPES.get(yaml)));
        String before = schema();

        assertThatThrownBy(() -> carryOut(plan.steps().get(0))).hasMessageContaining("is there already");
        abort(plan, 1);

        assertThat(schema()).isEqualTo(before);
    }

    @Test
    void in_the_end_each_has_made_what_it_says_and_nothing_else() throws SQLException {
        String before = schema();
        for (String yaml : recipes().stream()
                .filter(recipe -> !recipe.startsWith("bigint-key"))
                .toList()) {
            for (Step step : plan(yaml).steps()) {
                carryOut(step);
            }
        }

        String made = schema().lines()
                .filter(line -> !before.contains(line) && !line.contains("_not_null NOT NULL"))
                .collect(Collectors.joining("\n"));
        assertThat(made).isEqualTo("""
                CREATE INDEX "select_Größe_expr_idx" ON "Läden"."select" USING btree ("Größe" DESC, ((person + 1))) INCLUDE (id) WHERE (person > 5)
                CREATE INDEX select_person_idx ON "Läden"."select" USING btree (person)
                CREATE UNIQUE INDEX "select_Größe_person_key" ON "Läden"."select" USING btree ("Größe", person)
                column "Läden"."select".Größe integer t - -
                constraint "Läden"."select".select_Größe_person_key UNIQUE ("Größe", person) t
                constraint "Läden"."select".select_person_fkey FOREIGN KEY (person) REFERENCES "Läden".people(id) ON UPDATE RESTRICT ON DELETE CASCADE t
                constraint "Läden"."select".select_r_check CHECK (("Größe" > 0)) t""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GENERATED ALWAYS AS IDENTITY (START WITH 7 INCREMENT BY 3 CACHE 2)",
                "GENERATED BY DEFAULT AS IDENTITY",
                "",
                "DEFAULT 5",
            })
    void a_swapped_key_keeps_its_default_its_counter_and_its_name(String kind) throws SQLException {
        swaps("int " + kind);
    }

    @Test
    void a_swapped_serial_goes_on_counting_beyond_its_old_type() throws SQLException {
        swaps("smallserial");
        execute("SELECT setval('\"Läden\".\"Keys_Id_seq\"', 5000000000)");
        execute("INSERT INTO \"Läden\".\"Keys\" (note) VALUES ('far')");

        assertThat(ask("SELECT \"Id\" FROM \"Läden\".\"Keys\" WHERE note = 'far'"))
                .isEqualTo("5000000001");
    }

    /** All but the type and the place of the column is as it was, each row has its key, and an abort changes nothing. */
    private void swaps(String type) throws SQLException {
        execute("CREATE TABLE \"Läden\".\"Keys\" (\"Id\" " + type + " PRIMARY KEY, note text)");
        execute("COMMENT ON COLUMN \"Läden\".\"Keys\".\"Id\" IS 'it''s the key'");
        execute(
                "INSERT INTO \"Läden\".\"Keys\" OVERRIDING SYSTEM VALUE SELECT g, 'row ' || g FROM generate_series(1, 500) g");
        boolean counts = ask("SELECT pg_get_serial_sequence('\"Läden\".\"Keys\"', 'Id')") != null;
        if (counts) {
            execute("SELECT setval('\"Läden\".\"Keys_Id_seq\"', 1000)");
            execute("GRANT USAGE ON SEQUENCE \"Läden\".\"Keys_Id_seq\" TO PUBLIC");
        }
        String counter = counts
                ? "SELECT relacl::text || seqincrement || seqcache || seqcycle || seqstart FROM pg_class JOIN pg_sequence ON seqrelid = oid"
                        + " WHERE oid = '\"Läden\".\"Keys_Id_seq\"'::regclass"
                : "SELECT 1";
        String before = schema();
        String counted = ask(counter);
        Plan plan = plan("bigint-key: {name: r, table: '\"Läden\".\"Keys\"', column: '\"Id\"'}");
        for (Step step : plan.steps()) {
            if (step instanceof HoldStep) {
                execute(
                        "INSERT INTO \"Läden\".\"Keys\" (\"Id\", note) OVERRIDING SYSTEM VALUE VALUES (600, 'row 600')");
                if (!type.contains("ALWAYS")) {
                    execute("UPDATE \"Läden\".\"Keys\" SET \"Id\" = 700, note = 'row 700' WHERE \"Id\" = 500");
                }
            }
            carryOut(step);
        }
        String after = schema();
        abort(plan, plan.steps().size());

        assertThat(schema()).isEqualTo(after);
        assertThat(after.lines()
                        .filter(line -> !line.contains("Id_old"))
                        .map(line -> line.replaceAll("bigint|smallint", "integer")
                                .replaceAll("9223372036854775807|32767", "2147483647")))
                .containsExactlyInAnyOrderElementsOf(before.lines()
                        .map(line -> line.replace("smallint", "integer").replace("32767", "2147483647"))
                        .toList());
        assertThat(
                        ask(
                                "SELECT count(*) || ' ' || count(*) FILTER (WHERE note = 'row ' || \"Id\") FROM \"Läden\".\"Keys\""))
                .isEqualTo("501 501");
        assertThat(
                        ask(
                                "SELECT col_description(attrelid, attnum) || ' ' || atttypid::regtype FROM pg_attribute WHERE attrelid = '\"Läden\".\"Keys\"'::regclass AND attname = 'Id'"))
                .isEqualTo("it's the key bigint");
        assertThat(ask(counter)).isEqualTo(counted);
        if (counts) {
            execute("INSERT INTO \"Läden\".\"Keys\" (note) VALUES ('next')");
            assertThat(Long.parseLong(
                            Objects.requireNonNull(ask("SELECT \"Id\" FROM \"Läden\".\"Keys\" WHERE note = 'next'"))))
                    .isBetween(1001L, 1010L);
        }
    }

    @Test
    void what_would_stay_with_the_old_key_is_named_before_anything_is_made() throws SQLException {
        Plan plan = plan("bigint-key: {name: r, table: '\"Läden\".people', column: id}");
        execute("CREATE TABLE \"Läden\".friends (of int REFERENCES \"Läden\".people)");
        assertThatThrownBy(() -> carryOut(plan.steps().get(0)))
                .hasMessageContaining("foreign keys refer to \"Läden\".people")
                .hasMessageContaining("friends_of_fkey of \"Läden\".friends");
        execute("DROP TABLE \"Läden\".friends");
        execute("CREATE VIEW \"Läden\".shown AS SELECT id FROM \"Läden\".people");
        execute("CREATE INDEX twice ON \"Läden\".people (id, id)");
        assertThatThrownBy(() -> carryOut(plan.steps().get(0)))
                .hasMessageContaining("would stay with the old one")
                .hasMessageContaining("index \"Läden\".twice")
                .hasMessageContaining("view \"Läden\".shown");
        execute("DROP VIEW \"Läden\".shown");
        execute("DROP INDEX \"Läden\".twice");
        carryOut(plan.steps().get(0));
        for (Step step : plan.steps().subList(1, plan.steps().size() - 1)) {
            carryOut(step);
        }
        execute("CREATE TABLE \"Läden\".friends (of int REFERENCES \"Läden\".people)");
        String before = schema();
        assertThatThrownBy(() -> carryOut(plan.steps().get(plan.steps().size() - 1)))
                .hasMessageContaining("foreign keys refer to \"Läden\".people");
        assertThat(schema()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(a bigint PRIMARY KEY) | no column a of type integer or smallint",
                "(a int, b int, PRIMARY KEY (a, b)) | primary key of \"Läden\".other is not just a",
                "(a int UNIQUE NOT NULL) | primary key of \"Läden\".other is not just a",
                "(a int PRIMARY KEY DEFERRABLE) | deferrable",
                "(a int PRIMARY KEY REFERENCES \"Läden\".people) | constraint other_a_fkey on table \"Läden\".other",
                "(a int PRIMARY KEY, CHECK (a > 0)) | constraint other_a_check on table \"Läden\".other",
                "(a int PRIMARY KEY) PARTITION BY LIST (a) | is no ordinary table",
                "(a int PRIMARY KEY) INHERITS (\"Läden\".people) | is a partition or inherits",
                "(a int PRIMARY KEY, a_old int) | column a_old of \"Läden\".other is there already",
            })
    void a_key_that_cannot_be_swapped_safely_is_refused_with_the_reason(String table, String reason)
            throws SQLException {
        execute("CREATE TABLE \"Läden\".other " + table);
        Plan plan = plan("bigint-key: {name: r, table: '\"Läden\".other', column: a}");

        assertThatThrownBy(() -> carryOut(plan.steps().get(0))).hasMessageContaining(reason);
    }

    @Test
    void privileges_on_the_key_alone_are_not_left_behind() throws SQLException {
        execute("GRANT SELECT (id) ON \"Läden\".people TO PUBLIC");
        Plan plan = plan("bigint-key: {name: r, table: '\"Läden\".people', column: id}");

        assertThatThrownBy(() -> carryOut(plan.steps().get(0)))
                .hasMessageContaining("privileges were granted on column id");
    }

    @Test
    void a_partitioned_table_is_refused_where_postgresql_would_refuse_it_halfway() throws SQLException {
        execute("CREATE TABLE \"Läden\".parts (id int, person int) PARTITION BY LIST (id)");

        for (String recipe : List.of(
                "unique: {name: r, table: '\"Läden\".parts', columns: [id]}",
                "index: {name: r, table: '\"Läden\".parts', columns: [id]}",
                "foreign-key: {name: r, table: '\"Läden\".parts', columns: [person], references: '\"Läden\".people'}")) {
            assertThatThrownBy(() -> carryOut(plan(recipe).steps().get(0)))
                    .hasMessageContaining("\"Läden\".parts is no ordinary table");
        }
    }

    @Test
    void a_column_that_is_not_null_or_not_there_has_nothing_to_become() {
        for (String column : List.of("id", "nobody")) {
            Plan plan = plan("not-null: {name: r, table: " + TABLE + ", column: " + column + "}");
            assertThatThrownBy(() -> carryOut(plan.steps().get(0)))
                    .hasMessageContaining("has no column " + column + " that may be NULL");
        }
    }

    static List<String> recipes() {
        return RECIPES.keySet().stream().sorted().toList();
    }

    private static Plan plan(String recipe) {
        return Plans.accepted(Plans.SMALL.replaceAll("  - verify.*\n", "") + "  - " + recipe + "\n");
    }

    /** After a swap it goes forward only. */
    private static int revocable(Plan plan) {
        int steps = plan.steps().size();
        return plan.steps().get(steps - 1).name().endsWith("-swap") ? steps - 1 : steps;
    }

    /** As a run does: what undoes a step that never began is passed over. */
    private void abort(Plan plan, int begun) throws SQLException {
        List<String> names =
                plan.steps().subList(0, begun).stream().map(Step::name).toList();
        for (Step step : plan.abort()) {
            if (names.contains(((StatementStep) step).undoes().orElseThrow())) {
                carryOut(step);
            }
        }
    }

    private void carryOut(Step step) throws SQLException {
        if (step instanceof StatementStep statement) {
            execute(statement.sql());
        } else if (step instanceof BackfillStep fill) {
            String set = fill.set().entrySet().stream()
                    .map(entry -> new Identifier(entry.getKey()).quoted() + " = (" + entry.getValue() + ")")
                    .collect(Collectors.joining(", "));
            execute("UPDATE " + fill.table().quoted() + " SET " + set + " WHERE ("
                    + fill.where().orElseThrow() + ")");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String schema() throws SQLException {
        return Objects.requireNonNull(ask(SCHEMA));
    }

    private @Nullable String ask(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
