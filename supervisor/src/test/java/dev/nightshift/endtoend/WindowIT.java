package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.ClusterSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows and freezes as they happen: nothing is written while a run may not work, and all of it is done once. */
class WindowIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int ROWS = 3000;
    private static final int TRANSIENT = 75;

    /** Each row counts how often it was visited; each batch waits as long as table drag says. */
    private static final String FILL = "  - backfill: {name: fill, table: public.t, set: {visits: \"visits + 1"
            + " + (SELECT count(pg_sleep(seconds)) * 0 FROM public.drag)\"}, stable-key: true, batch: {rows: 20}}\n";

    @TempDir
    private static Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private static Night night;

    @BeforeAll
    static void start() {
        night = Night.start(directory, 100, ClusterSettings.primaryOnly().set("autovacuum", "off"));
        night.primary()
                .execute(
                        "CREATE TABLE public.t (id int PRIMARY KEY, visits bigint NOT NULL DEFAULT 0)",
                        "CREATE TABLE public.drag AS SELECT 0::float8 AS seconds");
    }

    @BeforeEach
    void empty() {
        night.primary()
                .execute(
                        "DROP SCHEMA IF EXISTS nightshift CASCADE",
                        "TRUNCATE public.t",
                        "INSERT INTO public.t SELECT g FROM generate_series(1, " + ROWS + ") g");
    }

    @AfterEach
    void end() {
        night.endAll();
    }

    @AfterAll
    static void stop() {
        night.close();
    }

    @Test
    @Tag("faults")
    void parks_for_a_closed_minute_writes_nothing_in_it_goes_on_by_itself_and_finishes_once() throws IOException {
        // Longer than the window, also where it opens with the run.
        drag(0.6);
        Nightshift run = run(window(), FILL);
        assertThat(run.awaitExit(PATIENCE)).as(run.output()).isEqualTo(8);
        assertThat(night.state()).isEqualTo("parked");
        SlowShop.awaitNoSession(night);
        long parked = visits();
        assertThat(parked).isBetween(1L, ROWS - 1L);
        drag(0);
        String from = night.ask("SELECT pg_current_wal_flush_lsn()");
        long fromSecond = second();

        Nightshift serve = serve();
        String to = from;
        long toSecond = fromSecond;
        while (night.state().equals("parked")) {
            String seen = night.ask("SELECT pg_current_wal_flush_lsn()");
            if (night.state().equals("parked")) {
                to = seen;
                toSecond = second();
            }
            SlowShop.awaitSeconds(night, 1);
        }
        assertThat(toSecond - fromSecond).as("seconds that were looked at").isGreaterThan(20);
        assertThat(changesOfTheTable(from, to)).isZero();

        night.awaitState("succeeded");
        assertThat(serve.isAlive()).as(serve.output()).isTrue();
        assertThat(night.count("SELECT count(*) FROM public.t WHERE visits = 1"))
                .isEqualTo(ROWS);
        assertThat(night.ask("SELECT string_agg(subject || ': ' || message, ' · ' ORDER BY id) FROM nightshift.events"
                        + " WHERE kind = 'state' AND subject IN ('parked', 'succeeded')"))
                .isEqualTo("parked: window closed · succeeded: closed");
    }

    @Test
    void a_freeze_stops_a_run_outlives_its_supervisor_and_a_thaw_lets_it_go_on() throws IOException {
        drag(0.2);
        Nightshift run = atWork(FILL);

        Nightshift freeze = command("freeze", "--reason", "year-end closing");
        assertThat(freeze.output()).contains(": year-end closing");
        assertThat(run.awaitExit(PATIENCE)).as(run.output()).isEqualTo(8);
        assertThat(run.output()).contains("frozen by ");
        SlowShop.awaitNoSession(night);
        long frozen = visits();
        assertThat(frozen).isBetween(1L, ROWS - 1L);
        drag(0);
        String from = night.ask("SELECT pg_current_wal_flush_lsn()");

        Nightshift serve = serve();
        Night.await("somebody supervises", () -> serve.output().contains("taking-over"));
        // It looks once a second.
        SlowShop.awaitSeconds(night, 5);
        assertThat(night.state()).isEqualTo("parked");
        assertThat(command("status").output()).contains("freeze", "year-end closing");
        assertThat(changesOfTheTable(from, night.ask("SELECT pg_current_wal_flush_lsn()")))
                .isZero();
        assertThat(visits()).isEqualTo(frozen);

        command("thaw", "--reason", "closed");
        night.awaitState("succeeded");
        assertThat(night.count("SELECT count(*) FROM public.t WHERE visits = 1"))
                .isEqualTo(ROWS);
        assertThat(night.ask("SELECT string_agg(kind, ' ' ORDER BY id) FROM nightshift.events"
                        + " WHERE kind IN ('frozen', 'thawed')"))
                .isEqualTo("frozen thawed");
    }

    @Test
    void an_abort_plan_is_carried_out_in_a_freeze() {
        drag(0.2);
        Nightshift run = atWork(
                FILL + "abort:\n  - statement: {name: undo, sql: \"ALTER TABLE public.t ADD COLUMN undone int\"}\n");
        night.ask("SELECT nightshift.freeze('typed into psql')");
        assertThat(run.awaitExit(PATIENCE)).as(run.output()).isEqualTo(8);

        command(6, "abort", "--reason", "not this year");

        assertThat(night.ask("SELECT count(*) FROM information_schema.columns WHERE column_name = 'undone'"))
                .isEqualTo("1");
    }

    /** Changes of rows of public.t between two positions; what only sets hint bits or prunes a page is none. */
    private static long changesOfTheTable(String from, String to) {
        if (night.ask("SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_walinspect'")
                .equals("0")) {
            System.out.println("WindowIT: this server has no pg_walinspect, so only the table itself is looked at");
            return 0;
        }
        night.primary().superuser().execute("CREATE EXTENSION IF NOT EXISTS pg_walinspect");
        if (night.ask("SELECT '" + from + "'::pg_lsn < '" + to + "'::pg_lsn").equals("f")) {
            return 0;
        }
        return night.count("SELECT count(*) FROM pg_get_wal_records_info('" + from + "', '" + to + "')"
                + " WHERE resource_manager = 'Heap' AND block_ref LIKE '%/' || (SELECT oid FROM pg_database"
                + " WHERE datname = current_database()) || '/' || pg_relation_filenode('public.t') || ' %'");
    }

    /** Open until the end of this minute or, where that is near, through the next; then closed for a minute. */
    private static String window() {
        LocalTime now = LocalTime.now(ZoneOffset.UTC);
        int first = now.getSecond() <= 40 ? now.getMinute() : now.getMinute() + 1;
        return "window: {opens: \"" + first % 60 + "," + (first + 2) % 60 + " * * * *\", lasts: 1m, zone: UTC}\n";
    }

    private static Nightshift run(String window, String steps) {
        return night.nightshift(
                "run",
                night.plan("nightshift: 1\nname: windows\ndatabase: {url: \"%URL%\"}\nreplicas: none\nbackup: none\n"
                                + window + "steps:\n" + steps)
                        .toString());
    }

    private static Nightshift atWork(String steps) {
        Nightshift run = run("", steps);
        Night.await(PATIENCE, "rows", () -> night.rowsDone() > 0 || !run.isAlive());
        assertThat(run.isAlive()).as(run.output()).isTrue();
        return run;
    }

    private static Nightshift serve() throws IOException {
        Path file = Files.writeString(
                directory.resolve("serve.yaml"),
                "metrics: {port: 0}\ndatabases:\n  - {url: \"" + night.primary().url() + "\"}\n");
        return night.nightshift("serve", file.toString());
    }

    private static Nightshift command(String... arguments) {
        return command(0, arguments);
    }

    /** Until it ends as it should; one that could not connect in time may be typed again. */
    private static Nightshift command(int code, String... arguments) {
        Nightshift command = night.nightshift(arguments);
        while (command.awaitExit(PATIENCE) == TRANSIENT) {
            command = night.nightshift(arguments);
        }
        assertThat(command.awaitExit(PATIENCE)).as(command.output()).isEqualTo(code);
        return command;
    }

    private static void drag(double seconds) {
        night.primary().execute("UPDATE public.drag SET seconds = " + seconds);
    }

    private static long visits() {
        return night.count("SELECT sum(visits) FROM public.t");
    }

    /** By the server's clock. */
    private static long second() {
        return night.count("SELECT extract(epoch FROM clock_timestamp())::bigint");
    }
}
