package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The statements of recipes, and what undoes them, over names that only quotes keep whole. */
class RecipesIT {

    private static final String TABLE = "'\"Läden\".\"select\"'";

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

    private static final RecipeStage STAGE = new RecipeStage();

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @BeforeEach
    void tables() {
        STAGE.createTables();
    }

    @AfterEach
    void clear() {
        STAGE.dropTables();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void wherever_it_is_stopped_the_abort_steps_leave_the_schema_as_it_was(String yaml) {
        Plan plan = RecipeStage.plan(yaml);
        String before = STAGE.schema();
        for (int done = 1; done <= revocable(plan); done++) {
            for (Step step : plan.steps().subList(0, done)) {
                STAGE.carryOut(step);
            }
            STAGE.abort(plan, done);
            assertThat(STAGE.schema()).as("after %d steps", done).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void what_was_there_before_stops_the_first_step_and_survives_the_abort(String yaml) {
        Plan plan = RecipeStage.plan(yaml);
        STAGE.execute(Objects.requireNonNull(RECIPES.get(yaml)));
        String before = STAGE.schema();

        assertThatThrownBy(() -> STAGE.carryOut(plan.steps().get(0))).hasMessageContaining("is there already");
        STAGE.abort(plan, 1);

        assertThat(STAGE.schema()).isEqualTo(before);
    }

    @Test
    void in_the_end_each_has_made_what_it_says_and_nothing_else() {
        String before = STAGE.schema();
        for (String yaml : recipes().stream()
                .filter(recipe -> !recipe.startsWith("bigint-key"))
                .toList()) {
            for (Step step : RecipeStage.plan(yaml).steps()) {
                STAGE.carryOut(step);
            }
        }

        String made = STAGE.schema()
                .lines()
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

    @Test
    void a_partitioned_table_is_refused_where_postgresql_would_refuse_it_halfway() {
        STAGE.execute("CREATE TABLE \"Läden\".parts (id int, person int) PARTITION BY LIST (id)");

        for (String recipe : List.of(
                "unique: {name: r, table: '\"Läden\".parts', columns: [id]}",
                "index: {name: r, table: '\"Läden\".parts', columns: [id]}",
                "foreign-key: {name: r, table: '\"Läden\".parts', columns: [person], references: '\"Läden\".people'}")) {
            assertThatThrownBy(() ->
                            STAGE.carryOut(RecipeStage.plan(recipe).steps().get(0)))
                    .hasMessageContaining("\"Läden\".parts is no ordinary table");
        }
    }

    @Test
    void a_column_that_is_not_null_or_not_there_has_nothing_to_become() {
        for (String column : List.of("id", "nobody")) {
            Plan plan = RecipeStage.plan("not-null: {name: r, table: " + TABLE + ", column: " + column + "}");
            assertThatThrownBy(() -> STAGE.carryOut(plan.steps().get(0)))
                    .hasMessageContaining("has no column " + column + " that may be NULL");
        }
    }

    static List<String> recipes() {
        return RECIPES.keySet().stream().sorted().toList();
    }

    /** After a swap it goes forward only. */
    private static int revocable(Plan plan) {
        int steps = plan.steps().size();
        return plan.steps().get(steps - 1).name().endsWith("-swap") ? steps - 1 : steps;
    }
}
