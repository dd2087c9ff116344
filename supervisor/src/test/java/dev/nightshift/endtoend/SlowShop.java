package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.ClusterSettings;
import java.nio.file.Path;

/** A shop where each order takes a millisecond to fill, so that on any machine a run lasts long enough to be hurt. */
final class SlowShop {

    static final long ORDERS = 10_000;

    static final String STANDBY = "standby-a";

    /** A batch takes about a tenth of a second, {@code touched} tells how often a row was done and {@code done_by} by which session. */
    static final String FILL = """
              - backfill:
                  name: fill
                  table: public.orders
                  set: {total_cents: "public.slowly(amount)", touched: "touched + 1", done_by: "current_setting('application_name')"}
                  where: "total_cents IS NULL"
                  batch: {rows: 100}
            """;

    private static final String SLOWLY = """
            CREATE OR REPLACE FUNCTION public.slowly(amount numeric) RETURNS bigint LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_catalog.pg_sleep(%s);
                RETURN (amount * 100)::bigint;
            END $$""";

    private static final String PLAN = """
            nightshift: 1
            name: orders-total-cents
            database: {url: "%%URL%%"}
            replicas: %s
            backup: %s
            steps:
            %s""";

    private SlowShop() {}

    static Night alone(Path directory) {
        return start(directory, ClusterSettings.primaryOnly());
    }

    static Night withStandby(Path directory) {
        return start(directory, ClusterSettings.withStandbys(STANDBY));
    }

    static Night start(Path directory, ClusterSettings settings) {
        Night night = Night.start(directory, ORDERS, settings);
        night.primary().execute(SLOWLY.formatted("0.0005"), "ALTER TABLE public.orders ADD COLUMN done_by text");
        return night;
    }

    /** From now on an order takes so many seconds; 0 where nothing is left to be hurt. */
    static void pace(Night night, String seconds) {
        night.primary().execute(SLOWLY.formatted(seconds));
    }

    /** A plan without a backup that looks after all standbys of the cluster. */
    static String plan(Night night, String steps) {
        return planWith(night, "none", steps);
    }

    /** The same, after a dump of these tables. */
    static String planWithDump(Night night, String tables, String steps) {
        String dump = "{dump: {directory: %DIR%/backups, jobs: 2, tables: [" + tables + "]}, verify: readable}";
        return planWith(night, dump, steps);
    }

    /** The same, after a backup in the words of the plan. */
    static String planWith(Night night, String backup, String steps) {
        var standbys = night.cluster.standbys();
        return PLAN.formatted(standbys.isEmpty() ? "none" : "{required: " + standbys + "}", backup, steps);
    }

    /** Starts a run that fills the orders. */
    static Nightshift fill(Night night) {
        return night.nightshift("run", night.plan(plan(night, FILL)).toString());
    }

    static void awaitRowsDone(Night night, long rows) {
        Night.await(rows + " rows done", () -> night.rowsDone() >= rows);
    }

    static void awaitPermitEnd(Night night) {
        String over = "SELECT max(valid_until) + interval '2 seconds' < clock_timestamp() AND NOT EXISTS (SELECT"
                + " FROM pg_stat_activity WHERE application_name ~ '^nightshift/[^/]+/[0-9]+/' AND state = 'active')"
                + " FROM nightshift.permits";
        Night.await(
                "the permit and the batch in flight are over",
                () -> night.ask(over).equals("t"));
    }

    /** By the server's clock. */
    static void awaitSeconds(Night night, int seconds) {
        String from = night.ask("SELECT clock_timestamp()");
        String passed = "SELECT clock_timestamp() > '" + from + "'::timestamptz + interval '" + seconds + " seconds'";
        Night.await(seconds + " seconds", () -> night.ask(passed).equals("t"));
    }

    /** When the last order that the run changed was committed. */
    static String lastWrite(Night night) {
        return night.ask("SELECT max(pg_xact_commit_timestamp(xmin)) FROM public.orders WHERE touched > 0");
    }

    /** Also true of a process that its frozen parent has not buried yet. */
    static boolean hasEnded(ProcessHandle process) {
        return !process.isAlive() || process.info().command().isEmpty();
    }

    /** Of the run; the server needs a moment to notice that a process which has ended closed its connections. */
    static void awaitNoSession(Night night) {
        String names = "SELECT string_agg(application_name, ', ') FROM pg_stat_activity, nightshift.runs"
                + " WHERE starts_with(application_name, 'nightshift/' || runs.id || '/')";
        Night.await("no session of the run is left", () -> night.ask(names).equals("null"));
    }

    /** What every run must have come to, whatever happened to it. */
    static void assertEveryOrderIsDoneOnce(Night night) {
        assertThat(night.state()).isEqualTo("succeeded");
        assertThat(night.count("SELECT count(*) FROM public.orders WHERE id <= " + ORDERS
                        + " AND touched = 1 AND total_cents = (amount * 100)::bigint"))
                .as("orders done exactly once")
                .isEqualTo(ORDERS);
        assertThat(night.count("SELECT sum(touched) FROM public.orders"))
                .as("changes of all orders, also of those that came later")
                .isEqualTo(ORDERS);
        assertThat(night.count("SELECT sum(rows) FROM nightshift.progress"))
                .as("rows done, as the journal counts them")
                .isEqualTo(ORDERS);
        awaitNoSession(night);
    }
}
