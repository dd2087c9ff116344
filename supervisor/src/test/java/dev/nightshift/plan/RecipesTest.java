package dev.nightshift.plan;

import static dev.nightshift.plan.Plans.accepted;
import static dev.nightshift.plan.Plans.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Stored runs are read again by later versions, so the statements that are written out here must never change. */
class RecipesTest {

    private static final Path KEPT = Path.of("src/test/resources/dev/nightshift/plan/recipes.txt");

    @Test
    void not_null_looks_first_then_proves_a_check_and_drops_it() {
        assertThat(steps("not-null: {name: total, table: public.orders, column: total_cents}"))
                .isEqualTo("""
                total-ready: DO $nightshift$
                DECLARE
                    obstacle text;
                BEGIN
                    IF EXISTS (SELECT WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = '"public"."orders"'::pg_catalog.regclass AND attname = 'total_cents' AND NOT attnotnull)) THEN
                        RAISE EXCEPTION USING MESSAGE = 'public.orders has no column total_cents that may be NULL';
                    END IF;
                    IF EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = '"public"."orders"'::pg_catalog.regclass AND conname = 'orders_total_cents_filled') THEN
                        RAISE EXCEPTION USING MESSAGE = 'constraint orders_total_cents_filled of public.orders is there already';
                    END IF;
                END
                $nightshift$
                total-check: ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_total_cents_filled" CHECK ("total_cents" IS NOT NULL) NOT VALID
                total-validate: ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_total_cents_filled"
                total-set: ALTER TABLE "public"."orders" ALTER COLUMN "total_cents" SET NOT NULL
                total-drop-check: ALTER TABLE "public"."orders" DROP CONSTRAINT "orders_total_cents_filled"
                abort total-undo-set of total-set: ALTER TABLE "public"."orders" ALTER COLUMN "total_cents" DROP NOT NULL
                abort total-undo-check of total-check: ALTER TABLE "public"."orders" DROP CONSTRAINT IF EXISTS "orders_total_cents_filled\"""");
    }

    @Test
    void check_names_its_constraint_after_the_table_and_itself() {
        assertThat(withoutReady("check: {name: amount-positive, table: public.orders, condition: amount > 0}"))
                .isEqualTo("""
                amount-positive-add: ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_amount_positive_check" CHECK (amount > 0) NOT VALID
                amount-positive-validate: ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_amount_positive_check"
                abort amount-positive-undo-add of amount-positive-add: ALTER TABLE "public"."orders" DROP CONSTRAINT IF EXISTS "orders_amount_positive_check\"""");
    }

    @Test
    void foreign_key_builds_its_index_first_when_the_plan_asks_for_one() {
        String key = "foreign-key: {name: cust, table: public.orders, columns: [customer_id], references: crm.people";

        assertThat(withoutReady(key + ", on-delete: set null, index: true}")).isEqualTo("""
                cust-index: CREATE INDEX CONCURRENTLY "orders_customer_id_idx" ON "public"."orders" ("customer_id")
                cust-add: ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "crm"."people" ON DELETE SET NULL NOT VALID
                cust-validate: ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_customer_id_fkey"
                abort cust-undo-add of cust-add: ALTER TABLE "public"."orders"
                    -- nightshift:allow CON-DROP-FK-HIDDEN-LOCK because a run waits for either lock a moment only, and tries again
                    DROP CONSTRAINT IF EXISTS "orders_customer_id_fkey"
                abort cust-undo-index of cust-index: DROP INDEX CONCURRENTLY IF EXISTS "public"."orders_customer_id_idx\"""");
        assertThat(recipe(key + "}").advice()).singleElement().asString().contains("say `index: true`");
        assertThat(recipe(key + ", index: false}").advice()).isEmpty();
        assertThat(recipe(key + ", index: false}").steps()).hasSize(3);
    }

    @Test
    void unique_turns_an_index_into_a_constraint() {
        assertThat(withoutReady("unique: {name: u, table: public.orders, columns: [public_id, currency]}"))
                .isEqualTo("""
                u-index: CREATE UNIQUE INDEX CONCURRENTLY "orders_public_id_currency_key" ON "public"."orders" ("public_id", "currency")
                u-add: ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_public_id_currency_key" UNIQUE USING INDEX "orders_public_id_currency_key"
                abort u-undo-add of u-add: ALTER TABLE "public"."orders" DROP CONSTRAINT IF EXISTS "orders_public_id_currency_key"
                abort u-undo-index of u-index: DROP INDEX CONCURRENTLY IF EXISTS "public"."orders_public_id_currency_key\"""");
    }

    @Test
    void index_takes_columns_orders_and_expressions() {
        assertThat(
                        withoutReady(
                                "index: {name: i, table: public.orders, columns: [status, created_at desc, (lower(note))],"
                                        + " unique: true, using: btree, include: [currency], where: status <> 'x' -- not those\n}"))
                .isEqualTo("""
                i-build: CREATE UNIQUE INDEX CONCURRENTLY "orders_status_created_at_expr_idx" ON "public"."orders" USING "btree" ("status", "created_at" desc, ((lower(note)))) INCLUDE ("currency") WHERE (status <> 'x')
                abort i-undo-build of i-build: DROP INDEX CONCURRENTLY IF EXISTS "public"."orders_status_created_at_expr_idx\"""");
    }

    /** With {@code -Dnightshift.write} it is written anew, for a recipe that no release has yet. */
    @Test
    void every_recipe_with_every_key_expands_to_the_statements_that_are_kept() throws IOException {
        Plan plan = accepted(Plans.RECIPES);
        String expansion = plan.recipes().stream()
                .map(recipe -> text(recipe.steps(), recipe.abort()) + "\n")
                .collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("nightshift.write")) {
            Files.writeString(KEPT, expansion);
        }

        assertThat(expansion).isEqualTo(Files.readString(KEPT));
    }

    @Test
    void names_are_quoted_and_never_longer_than_postgresql_keeps() {
        String sql = steps("not-null: {name: n, table: '\"Läden\".\"select \"\"x''\"', column: '\"Größe\"'}");

        assertThat(sql)
                .contains("ALTER TABLE \"Läden\".\"select \"\"x'\" ADD CONSTRAINT \"select \"\"x'_Größe_filled\"")
                .contains("'\"Läden\".\"select \"\"x''\"'::pg_catalog.regclass");
        Identifier longest = DerivedName.of("ß".repeat(31), "column", "filled");
        assertThat(longest.name().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(60, 63);
        assertThat(longest).isEqualTo(DerivedName.of("ß".repeat(31), "column", "filled"));
        assertThat(longest).isNotEqualTo(DerivedName.of("ß".repeat(31), "columm", "filled"));
        assertThat(DerivedName.of("x".repeat(61), "ab").name()).hasSize(63).doesNotContain("_ab");
    }

    @Test
    void a_dollar_quote_in_a_name_does_not_end_the_block_around_it() {
        String plan = plan("check: {name: c, table: '\"a\".\"$nightshift$\"', condition: 'true'}");

        assertThat(accepted(plan).steps()).hasSize(3);
        assertThat(sql(accepted(plan).steps().get(0))).startsWith("DO $nightshift1$");
    }

    @Test
    void what_the_last_recipe_made_is_undone_first_and_the_plans_own_abort_steps_come_last() {
        Plan plan = accepted(plan("check: {name: a, table: public.t, condition: x > 0}")
                + "  - index: {name: b, table: public.t, columns: [x]}\n"
                + "  - not-null: {name: c, table: public.t, column: x}\n"
                + "abort:\n  - statement: {name: own, sql: SELECT 1}\n");

        assertThat(plan.abort())
                .extracting(Step::name)
                .containsExactly("c-undo-set", "c-undo-check", "b-undo-build", "a-undo-add", "own");
        assertThat(plan.recipes()).extracting(Recipe::toString).containsExactly("check a", "index b", "not-null c");
        assertThat(plan.hash()).isEqualTo(PlanHash.of(plan.source()));
    }

    @Test
    void a_plan_with_mistakes_in_its_recipes_lists_them_all_with_their_places() {
        assertThat(problems("""
                nightshift: 1
                name: recipes
                database: {url: "postgresql://m@localhost/shop"}
                backup: none
                steps:
                  - not-null: {name: a, table: orders, column: a b}
                  - check: {name: b, table: public.orders, condition: "1) OR (1"}
                  - foreign-key: {name: c, table: public.orders, columns: [x, y], references: public.t, key: [z], on-delete: delete}
                  - unique: {name: d, table: public.orders, columns: [x, x]}
                  - index: {name: e, table: public.orders, columns: [lower(x)], using: 5}
                  - index: {name: f, table: pg_catalog.pg_class, column: [x]}
                  - index: {name: g, table: public.orders, columns: [x]}
                  - index: {name: h, table: public.orders, columns: [x]}
                  - verify: {name: g-build, sql: SELECT true}
                  - not-null: {name: so-long-that-no-step-can-be-named-after-it-0123, table: public.t, column: x}
                abort:
                  - check: {name: i, table: public.orders, condition: true}
                """))
                .containsExactly(
                        "plan.yaml:6:32: steps[0].not-null.table: expected a table with its schema such as"
                                + " public.orders, found 'orders'",
                        "plan.yaml:6:48: steps[0].not-null.column: expected one SQL name, found 'a b'",
                        "plan.yaml:7:55: steps[1].check.condition: expected a whole SQL expression, found a ')' without"
                                + " its '(' at character 2",
                        "plan.yaml:8:94: steps[2].foreign-key.key: expected as many columns as under `columns`, 2,"
                                + " found 1",
                        "plan.yaml:8:110: steps[2].foreign-key.on-delete: expected no action, restrict, cascade, set"
                                + " null or set default, found 'delete'",
                        "plan.yaml:9:54: steps[3].unique.columns: expected each column once, found 'x' again",
                        "plan.yaml:10:54: steps[4].index.columns[0]: expected a column, one with ASC or DESC, or an"
                                + " expression in parentheses, found 'lower(x)'",
                        "plan.yaml:10:72: steps[4].index.using: expected one SQL name, found '5'",
                        "plan.yaml:11:12: steps[5].index.columns: expected the key 'columns', found none",
                        "plan.yaml:11:29: steps[5].index.table: expected a table of yours, found 'pg_catalog.pg_class'",
                        "plan.yaml:11:50: steps[5].index.column: expected one of name, table, columns, unique, using,"
                                + " include, where, found 'column'; did you mean 'columns'?",
                        "plan.yaml:13:12: steps[7].index: expected what is made to be made once, found index"
                                + " public.orders_x_idx here and at steps[6].index",
                        "plan.yaml:14:20: steps[8].verify.name: expected each step name once, found 'g-build' here and"
                                + " at steps[6].index.name",
                        "plan.yaml:15:22: steps[9].not-null.name: expected at most 45 characters, since the steps are"
                                + " named after it, found 47",
                        "plan.yaml:17:12: abort[0].check: expected abort steps as they are carried out, found check,"
                                + " which stands for several");
    }

    private static String plan(String recipe) {
        return Plans.SMALL.replaceAll("  - verify.*\n", "") + "  - " + recipe.replace("\n", "\n    ") + "\n";
    }

    private static Recipe recipe(String yaml) {
        return accepted(plan(yaml)).recipes().get(0);
    }

    private static String steps(String yaml) {
        return text(recipe(yaml).steps(), recipe(yaml).abort());
    }

    private static String withoutReady(String yaml) {
        Recipe recipe = recipe(yaml);
        return text(recipe.steps().subList(1, recipe.steps().size()), recipe.abort());
    }

    private static String text(List<Step> steps, List<StatementStep> abort) {
        Stream<String> forward = steps.stream().map(step -> step.name() + ": " + sql(step));
        Stream<String> back = abort.stream()
                .map(step -> "abort " + step.name() + " of " + step.undoes().orElseThrow() + ": " + sql(step));
        return Stream.concat(forward, back).collect(Collectors.joining("\n"));
    }

    private static String sql(Step step) {
        return step instanceof StatementStep statement ? statement.sql() : step.toString();
    }
}
