package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.BackfillStep;
import dev.nightshift.run.Claim;
import dev.nightshift.run.RunId;
import dev.nightshift.worker.BatchResult;
import dev.nightshift.worker.Walks.Position;
import dev.nightshift.worker.Walks.Walk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WalkKeysIT {

    private static final String COUNT =
            "- backfill: {name: count, table: public.t, set: {n: \"n + 1\"}, stable-key: true}";

    private static final Stage STAGE = new Stage();

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @AfterEach
    void drop() {
        STAGE.migrator.execute(
                "DROP TABLE public.t", "DROP TYPE IF EXISTS public.mood", "DROP DOMAIN IF EXISTS public.code");
    }

    /** Each row is written into the column as the expression over g, from 1 to 500. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "bigint                 ; g",
                "smallint               ; g - 250",
                "uuid                   ; gen_random_uuid()",
                "text                   ; md5(g::text)",
                "text COLLATE \"C\"     ; chr(64 + g % 40) || 'ä''\"\\%' || g",
                "varchar(20)            ; ' ' || g || ' '",
                "char(8)                ; g",
                "timestamptz            ; timestamptz '2024-03-31 00:00:00.123456 Europe/Paris' + g * interval '7.000001 min'",
                "timestamp              ; timestamp '2024-01-01' - g * interval '1.5 years'",
                "date                   ; date '2024-01-01' - g * 400",
                "numeric                ; g * 1.000000000000000000000001",
                "numeric(8,3)           ; g / 7.0",
                "double precision       ; case when g = 1 then 'NaN' when g = 2 then 'Infinity' else g / 3.0 end",
                "real                   ; g / 3.0",
                "bytea                  ; decode(md5(g::text), 'hex')",
                "interval               ; g * interval '1 day 00:00:00.5'",
                "inet                   ; inet '10.0.0.0' + g * 3",
                "int[]                  ; ARRAY[g % 5, g]",
                "public.mood            ; (enum_range(null::public.mood))[g]",
                "public.code            ; 'c' || g",
            })
    void every_type_of_key_is_walked_once(String type, String value) {
        STAGE.migrator.execute(
                "DO $$ BEGIN EXECUTE 'CREATE TYPE public.mood AS ENUM (' || (SELECT string_agg(quote_literal('m ' || (g * 7919) % 501), ',')"
                        + " FROM generate_series(1, 500) g) || ')'; END $$",
                "CREATE DOMAIN public.code AS text CHECK (VALUE LIKE 'c%')",
                "CREATE TABLE public.t (\"K\" " + type + " PRIMARY KEY, n int NOT NULL DEFAULT 0)",
                "INSERT INTO public.t SELECT " + value + " FROM generate_series(1, 500) g");
        walkOnce(7);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "PRIMARY KEY (b, a)",
                "UNIQUE (a, b, c)",
                "PRIMARY KEY (c, b, a)",
            })
    void a_key_of_several_columns_is_walked_once(String key) {
        STAGE.migrator.execute(
                "CREATE TABLE public.t (a int NOT NULL, b text NOT NULL, c uuid NOT NULL, n int NOT NULL DEFAULT 0, "
                        + key + ")",
                "INSERT INTO public.t SELECT g, md5((g % 10)::text), gen_random_uuid() FROM generate_series(1, 500) g");
        walkOnce(7);
    }

    @Test
    void a_descending_index_serves_as_well() {
        STAGE.migrator.execute(
                "CREATE TABLE public.t (a int NOT NULL, b int NOT NULL, n int NOT NULL DEFAULT 0)",
                "INSERT INTO public.t SELECT g % 9, g FROM generate_series(1, 500) g",
                "CREATE UNIQUE INDEX ON public.t (a DESC, b DESC)");
        walkOnce(7);
    }

    @Test
    void a_partitioned_table_is_walked_over_all_its_partitions() {
        STAGE.migrator.execute(
                "CREATE TABLE public.t (a int, b int, n int NOT NULL DEFAULT 0, PRIMARY KEY (a, b)) PARTITION BY RANGE (b)",
                "CREATE TABLE public.t1 PARTITION OF public.t FOR VALUES FROM (0) TO (200)",
                "CREATE TABLE public.t2 PARTITION OF public.t FOR VALUES FROM (200) TO (1000)",
                "INSERT INTO public.t SELECT g % 3, g FROM generate_series(1, 500) g");
        walkOnce(7);
    }

    @Test
    void columns_named_like_parts_of_the_statement_do_no_harm() {
        STAGE.migrator.execute(
                "CREATE TABLE public.t (k1 int, last int, nightshift_1 int, b int, c int, r int, cursor int, n int NOT NULL DEFAULT 0, PRIMARY KEY (k1, last))",
                "INSERT INTO public.t SELECT g % 3, g FROM generate_series(1, 500) g");
        walkOnce(7);
    }

    @Test
    void rows_inserted_behind_the_bound_or_before_the_cursor_are_not_touched() {
        STAGE.migrator.execute(
                "CREATE TABLE public.t (id int PRIMARY KEY, n int NOT NULL DEFAULT 0)",
                "INSERT INTO public.t SELECT g FROM generate_series(1, 500) g");
        RunId run = STAGE.run(COUNT);
        STAGE.permit(run, "1 hour");
        try (Walk walk = walk(STAGE.claim(run))) {
            Position position = ((BatchResult.Done) walk.batch(walk.position(), 100, Stage.UNLIMITED)).position();
            STAGE.migrator.execute("INSERT INTO public.t VALUES (0), (501), (9999)");
            assertThat(toTheEnd(walk, position, 100)).isEqualTo(400);
        }
        assertThat(STAGE.migrator.number("SELECT count(*) FROM public.t WHERE n = 0"))
                .isEqualTo(3);
    }

    @Test
    void an_empty_table_is_done_at_once() {
        STAGE.migrator.execute("CREATE TABLE public.t (id int PRIMARY KEY, n int NOT NULL DEFAULT 0)");
        RunId run = STAGE.run(COUNT);
        STAGE.permit(run, "1 hour");
        try (Walk walk = walk(STAGE.claim(run))) {
            assertThat(walk.position().exhausted()).isTrue();
        }
    }

    private void walkOnce(int rows) {
        RunId run = STAGE.run(COUNT);
        STAGE.permit(run, "1 hour");
        try (Walk walk = walk(STAGE.claim(run))) {
            assertThat(toTheEnd(walk, walk.position(), rows)).isEqualTo(500);
        }
        assertThat(STAGE.migrator.number("SELECT count(*) FROM public.t WHERE n = 1"))
                .isEqualTo(500);
        assertThat(STAGE.rows(run, 0)).isEqualTo(500);
    }

    private static long toTheEnd(Walk walk, Position from, int rows) {
        long changed = 0;
        Position position = from;
        while (!position.exhausted()) {
            BatchResult.Done done = (BatchResult.Done) walk.batch(position, rows, Stage.UNLIMITED);
            assertThat(done.changed()).isLessThanOrEqualTo(rows);
            changed += done.changed();
            position = done.position();
        }
        return changed;
    }

    private Walk walk(Claim claim) {
        return STAGE.walk((BackfillStep) STAGE.plan(COUNT).steps().get(0), claim);
    }
}
