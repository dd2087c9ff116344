package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.BackfillStep;
import dev.nightshift.run.RunId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a table must not be, and what must be said about it, before its first row is touched. */
class WalkInspectionIT {

    private static final Stage STAGE = new Stage();
    private static final String TABLE = "CREATE TABLE public.t (id int PRIMARY KEY, a int, b int)";

    private static final String KEEPING = ", keep-old: true";

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @AfterEach
    void drop() {
        STAGE.migrator.execute(
                "DROP VIEW IF EXISTS public.v",
                "DROP TABLE IF EXISTS public.t, public.t_fill_old CASCADE",
                "DROP FUNCTION IF EXISTS public.f CASCADE");
    }

    @Test
    void an_ordinary_table_has_no_problems() {
        STAGE.migrator.execute(TABLE);
        assertThat(facts("{b: a}").problems()).isEmpty();
    }

    @Test
    void triggers_on_update_are_listed_and_need_consent() {
        STAGE.migrator.execute(
                TABLE,
                "CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "CREATE TRIGGER touch BEFORE UPDATE ON public.t FOR EACH ROW EXECUTE FUNCTION public.f()",
                "CREATE TRIGGER count_all AFTER UPDATE ON public.t FOR EACH STATEMENT EXECUTE FUNCTION public.f()",
                "CREATE TRIGGER of_a AFTER UPDATE OF a ON public.t FOR EACH ROW EXECUTE FUNCTION public.f()",
                "CREATE TRIGGER only_new AFTER INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.f()");

        assertThat(problems("{b: a}"))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem).contains("touch", "count_all").doesNotContain("of_a", "only_new"));
        assertThat(facts("{b: a}", ", triggers: fire").problems()).isEmpty();
    }

    @Test
    void rules_are_refused() {
        STAGE.migrator.execute(TABLE, "CREATE RULE r AS ON UPDATE TO public.t DO ALSO SELECT 1");
        assertThat(problems("{b: a}")).anyMatch(problem -> problem.contains("rules rewrite every UPDATE"));
    }

    @Test
    void row_level_security_that_hides_rows_from_the_role_is_refused() {
        STAGE.migrator.execute(
                TABLE, "ALTER TABLE public.t ENABLE ROW LEVEL SECURITY", "CREATE POLICY p ON public.t USING (a = 1)");
        assertThat(problems("{b: a}")).isEmpty();

        STAGE.migrator.execute("ALTER TABLE public.t FORCE ROW LEVEL SECURITY");
        assertThat(problems("{b: a}")).anyMatch(problem -> problem.contains("row-level security hides rows"));
    }

    @Test
    void a_policy_is_an_error_and_never_fewer_rows() {
        STAGE.migrator.execute(
                TABLE,
                "INSERT INTO public.t SELECT g, g FROM generate_series(1, 300) g",
                "ALTER TABLE public.t ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY p ON public.t USING (a <= 100)",
                "ALTER TABLE public.t FORCE ROW LEVEL SECURITY");
        for (SessionSettings settings : List.of(
                SessionSettings.batch("nightshift/test/batch", Duration.ofMillis(500)),
                SessionSettings.reading("nightshift/test/verify", Duration.ofSeconds(5)))) {
            try (PgSession session = STAGE.sessions.session(settings)) {
                org.assertj.core.api.Assertions.assertThatThrownBy(
                                () -> session.run("SELECT count(*) FROM public.t", Duration.ofSeconds(5)))
                        .hasMessageContaining("row-level security");
            }
        }
    }

    @Test
    void columns_that_postgresql_fills_or_that_are_not_there_are_refused() {
        STAGE.migrator.execute("CREATE TABLE public.t (id int PRIMARY KEY, a int,"
                + " g int GENERATED ALWAYS AS (a * 2) STORED, i int GENERATED ALWAYS AS IDENTITY)");
        assertThat(problems("{g: a, i: a, nope: a}")).hasSize(3);
    }

    @Test
    void a_set_of_the_key_or_of_the_partition_key_is_refused() {
        STAGE.migrator.execute(TABLE);
        assertThat(said("{id: a}", ", walk: key")).singleElement().asString().contains("`set` changes id");
        drop();
        STAGE.migrator.execute(
                "CREATE TABLE public.t (id int, a int, b int, PRIMARY KEY (id, a)) PARTITION BY LIST (a)",
                "CREATE TABLE public.t1 PARTITION OF public.t FOR VALUES IN (1)");
        assertThat(problems("{a: b}")).anyMatch(problem -> problem.contains("decides the partition"));
    }

    @Test
    void views_and_unlogged_tables_and_leaves_are_refused() {
        STAGE.migrator.execute(TABLE, "CREATE VIEW public.v AS SELECT * FROM public.t");
        assertThat(inspected("public.v", "{b: a}", "").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).isEqualTo("public.v is a view"));
        STAGE.migrator.execute("ALTER TABLE public.t SET UNLOGGED");
        assertThat(problems("{b: a}")).containsExactly("public.t is unlogged");
        STAGE.migrator.execute(
                "DROP TABLE public.t CASCADE",
                "CREATE TABLE public.t (id int, a int, b int, PRIMARY KEY (id)) PARTITION BY RANGE (id)",
                "CREATE UNLOGGED TABLE public.t1 PARTITION OF public.t FOR VALUES FROM (1) TO (9)");
        assertThat(problems("{b: a}")).singleElement().asString().contains("public.t1");
    }

    @Test
    void tables_that_inherit_are_refused_by_key_only() {
        STAGE.migrator.execute(TABLE, "CREATE TABLE public.child () INHERITS (public.t)");
        assertThat(said("{b: a}", ", walk: key")).singleElement().asString().contains("other tables inherit");
        assertThat(facts("{b: a}", "").usable().byHeap()).isTrue();
    }

    @Test
    void a_walk_goes_by_key_where_partitions_would_not_do_as_their_parent_does() {
        STAGE.migrator.execute(
                "CREATE TABLE public.t (id int PRIMARY KEY, a int, b int) PARTITION BY RANGE (id)",
                "CREATE TABLE public.t1 PARTITION OF public.t FOR VALUES FROM (1) TO (9)",
                "CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
        assertThat(facts("{b: a}", "").usable().byHeap()).isTrue();
        STAGE.migrator.execute(
                "CREATE TRIGGER told AFTER UPDATE ON public.t FOR EACH STATEMENT EXECUTE FUNCTION public.f()");
        assertThat(facts("{b: a}", ", triggers: fire").usable().byHeap()).isFalse();
        assertThat(said("{b: a}", ", triggers: fire, walk: heap"))
                .singleElement()
                .asString()
                .contains("would not fire for its partitions or children: told");
    }

    @Test
    void an_expression_that_postgresql_cannot_read_is_refused_in_its_words() {
        STAGE.migrator.execute(TABLE);
        assertThat(problems("{b: no_such_column}")).singleElement().asString().contains("no_such_column");
    }

    @Test
    void old_values_are_kept_where_a_key_tells_rows_apart() {
        STAGE.migrator.execute("CREATE TABLE public.t (id int, a int, b int)");
        assertThat(said("{b: a}", KEEPING))
                .containsExactly(
                        "`keep-old` needs a key that tells the rows of public.t apart, and it has none that stays");
        STAGE.migrator.execute("ALTER TABLE public.t ADD PRIMARY KEY (id)");
        assertThat(said("{b: a}", KEEPING)).isEmpty();
        STAGE.migrator.execute("CREATE TABLE public.child () INHERITS (public.t)");
        assertThat(said("{b: a}", KEEPING)).singleElement().asString().contains("no key spans the tables that inherit");
        STAGE.migrator.execute("DROP TABLE public.child", "ALTER TABLE public.t RENAME id TO b_new");
        assertThat(said("{b: a}", KEEPING)).singleElement().asString().contains("would be kept as b_new");
    }

    @Test
    void old_values_are_kept_in_no_table_that_is_there_and_in_no_schema_that_is_not_open() {
        STAGE.migrator.execute(TABLE, "CREATE TABLE public.t_fill_old ()");
        assertThat(said("{b: a}", KEEPING))
                .singleElement()
                .asString()
                .contains("public.t_fill_old")
                .contains("there already");
        RunId before = STAGE.run("- verify: {name: any, sql: SELECT true}");
        STAGE.migrator.execute("COMMENT ON TABLE public.t_fill_old IS '" + new KeptMark("fill", before).text() + "'");
        assertThat(said("{b: a}", KEEPING)).isEmpty();
        STAGE.run("- verify: {name: any, sql: SELECT true}");
        assertThat(said("{b: a}", KEEPING)).singleElement().asString().contains("there already");

        STAGE.migrator.execute("DROP TABLE public.t_fill_old");
        STAGE.database.asSuperuser(
                "CREATE SCHEMA shut", "CREATE TABLE shut.t (id int PRIMARY KEY, a int, b int)",
                "GRANT USAGE ON SCHEMA shut TO migrator", "ALTER TABLE shut.t OWNER TO migrator");
        assertThat(inspected("shut.t", "{b: a}", KEEPING).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("may not make shut.t_fill_old"));
        STAGE.database.asSuperuser("DROP SCHEMA shut CASCADE");
    }

    @Test
    void old_values_are_not_kept_where_logical_replication_would_carry_them_away() {
        STAGE.migrator.execute(TABLE);
        STAGE.database.asSuperuser("CREATE PUBLICATION one FOR TABLE public.t");
        assertThat(said("{b: a}", KEEPING)).isEmpty();
        STAGE.database.asSuperuser("CREATE PUBLICATION every FOR ALL TABLES");
        assertThat(said("{b: a}", KEEPING))
                .singleElement()
                .asString()
                .contains("public.t_fill_old")
                .contains("publication every");
        STAGE.database.asSuperuser("DROP PUBLICATION one", "DROP PUBLICATION every");
    }

    private static List<String> problems(String set) {
        return said(set, "");
    }

    private static List<String> said(String set, String more) {
        return facts(set, more).problems().stream()
                .map(problem -> problem.what())
                .toList();
    }

    private static WalkFacts facts(String set) {
        return facts(set, "");
    }

    private static WalkFacts facts(String set, String more) {
        return inspected("public.t", set, more);
    }

    private static WalkFacts inspected(String table, String set, String more) {
        BackfillStep step = (BackfillStep) STAGE.plan("- backfill: {name: fill, table: " + table + ", set: " + set
                        + ", where: \"b IS NULL\"" + more + "}")
                .steps()
                .get(0);
        try (PgSession session =
                STAGE.sessions.session(SessionSettings.reading("nightshift/test", Duration.ofSeconds(10)))) {
            return WalkInspection.of(session, step);
        }
    }
}
