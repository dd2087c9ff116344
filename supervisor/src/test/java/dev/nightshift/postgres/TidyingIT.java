package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.BackfillStep;
import dev.nightshift.run.RunId;
import dev.nightshift.worker.BatchResult;
import dev.nightshift.worker.Walks;
import dev.nightshift.worker.Walks.Position;
import dev.nightshift.worker.Walks.Tidied;
import dev.nightshift.worker.Walks.Walk;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a walk leaves to whoever reads its table next, on a real server. */
class TidyingIT {

    private static final Stage STAGE = new Stage();
    private static final int ROWS = 20_000;
    private static final String STEP =
            "- backfill: {name: count, table: public.t, set: {n: \"n + 1\"}, where: \"n < 1\", walk: heap}";

    @BeforeEach
    void fill() {
        STAGE.migrator.execute(
                "CREATE TABLE public.t (id int PRIMARY KEY, n int NOT NULL DEFAULT 0, note text)"
                        + " WITH (autovacuum_enabled = false)",
                "INSERT INTO public.t SELECT g, 0, repeat('x', 60) FROM generate_series(1, " + ROWS + ") g");
    }

    @AfterEach
    void drop() {
        STAGE.migrator.execute("DROP TABLE IF EXISTS public.t CASCADE");
    }

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @Test
    void what_a_count_would_write_at_once_is_written_before_it_in_parts() {
        STAGE.migrator.execute("UPDATE public.t SET n = 1");
        STAGE.database.asSuperuser("CHECKPOINT");
        Seen seen;
        try (Walk walk = walk()) {
            seen = tidy(walk, 256 << 10);
        }
        assertThat(seen.parts()).isGreaterThan(4);
        assertThat(seen.largest()).isLessThan(1 << 20);
        assertThat(seen.all()).isGreaterThan(20 * walOfCount());
    }

    @Test
    void a_heap_walk_tidies_its_ranges_as_it_goes() {
        try (Walk walk = walk()) {
            Position position = walk.position();
            while (!position.exhausted()) {
                position = ((BatchResult.Done) walk.batch(position, 100, Stage.UNLIMITED)).position();
            }
            STAGE.database.asSuperuser("CHECKPOINT");
            long pages = STAGE.migrator.number("SELECT pg_relation_size('public.t') / 8192");
            assertThat(tidy(walk, Stage.UNLIMITED).all()).isLessThan(pages * 8192 / 5);
        }
    }

    @Test
    void a_worker_leaves_hardly_anything_to_whoever_reads_next() {
        RunId run = STAGE.run(STEP.replace("heap", "key"));
        STAGE.permit(run, "1 hour");
        STAGE.worksUntilDone(run);
        STAGE.database.asSuperuser("CHECKPOINT");
        long pages = STAGE.migrator.number("SELECT pg_relation_size('public.t') / 8192");
        assertThat(walOfCount()).isLessThan(pages * 8192 / 10);
    }

    @Test
    void somebody_with_the_table_locked_is_waited_for() throws SQLException {
        try (Connection other = STAGE.migrator.connect("shop");
                Statement statement = other.createStatement();
                Walk walk = walk()) {
            Walks.Tidying tidying = walk.tidying();
            other.setAutoCommit(false);
            statement.execute("LOCK public.t IN ACCESS EXCLUSIVE MODE");
            assertThat(tidying.next(Stage.UNLIMITED)).map(Tidied::gaveWay).contains(true);
            other.commit();
            assertThat(tidying.next(Stage.UNLIMITED)).map(Tidied::gaveWay).contains(false);
        }
    }

    private record Seen(int parts, long largest, long all) {}

    private static Seen tidy(Walk walk, double walBytes) {
        Walks.Tidying tidying = walk.tidying();
        Seen seen = new Seen(0, 0, 0);
        for (Optional<Tidied> part = tidying.next(walBytes); part.isPresent(); part = tidying.next(walBytes)) {
            long wal = part.get().walBytes();
            seen = new Seen(seen.parts() + 1, Math.max(seen.largest(), wal), seen.all() + wal);
        }
        return seen;
    }

    private static Walk walk() {
        RunId run = STAGE.run(STEP);
        STAGE.permit(run, "1 hour");
        return STAGE.walk((BackfillStep) STAGE.plan(STEP).steps().get(0), STAGE.claim(run));
    }

    private static long walOfCount() {
        String at = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint";
        long before = STAGE.migrator.number(at);
        STAGE.migrator.number("SELECT count(*) FROM public.t WHERE n < 1");
        return STAGE.migrator.number(at) - before;
    }
}
