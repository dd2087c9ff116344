package dev.nightshift.sandbox.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The files that the demo's user writes: a plan and a migration. */
public record DemoPlan(Path directory) {

    public static final String STANDBY = "standby-a";
    static final String BACKFILL = "fill";
    static final String INDEX = "orders_total_idx";
    /** What the abort plan leaves for whoever meets the column half filled. */
    static final String MARK = "not complete, do not read yet";

    static final String HOLD_LAG = "5s";
    static final String HOLD_BYTES = "16MiB";

    /** A shop whose migrations up to version 1 were carried out by Flyway, as {@code flyway baseline} leaves it. */
    public static final String HISTORY = """
            CREATE TABLE public.flyway_schema_history (
                installed_rank integer PRIMARY KEY, version varchar(50), description varchar(200) NOT NULL,
                type varchar(20) NOT NULL, script varchar(1000) NOT NULL, checksum integer,
                installed_by varchar(100) NOT NULL, installed_on timestamp NOT NULL DEFAULT now(),
                execution_time integer NOT NULL, success boolean NOT NULL);
            INSERT INTO public.flyway_schema_history VALUES
                (1, '1', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', NULL, current_user, now(), 0, true)
            """;

    /** New rows are filled by the database from here on, so that the application need not know of the column. */
    private static final String MIGRATION = """
            ALTER TABLE public.orders ADD COLUMN total_cents bigint;

            CREATE FUNCTION public.orders_total_cents() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                NEW.total_cents := (NEW.amount * 100)::bigint;
                RETURN NEW;
            END $$;

            CREATE TRIGGER orders_total_cents BEFORE INSERT ON public.orders
            FOR EACH ROW EXECUTE FUNCTION public.orders_total_cents();
            """;

    private static final String PLAN = """
            nightshift: 1
            name: orders-total-cents
            database: {url: "%s"}
            replicas: {required: [%s]}
            backup: %s
            guards:
              replica-lag:   %s
              replica-bytes: %s
            steps:
              - schema:    {name: expand, locations: [migrations]}
              - backfill:
                  name: %s
                  table: public.orders
                  set: {total_cents: "(amount * 100)::bigint", touched: "touched + 1"}
                  where: "total_cents IS NULL"
              - statement: {name: index, sql: "CREATE INDEX CONCURRENTLY @index@ ON public.orders (total_cents)"}
              - verify:    {name: no-gaps, sql: "SELECT count(*) = 0 FROM public.orders WHERE total_cents IS NULL"}
            abort:
              - statement: {name: drop-index, sql: "DROP INDEX CONCURRENTLY IF EXISTS public.@index@"}
              - statement: {name: mark, sql: "COMMENT ON COLUMN public.orders.total_cents IS '@mark@'"}
            """.replace("@index@", INDEX).replace("@mark@", MARK);

    /** Where the plan says the dump goes. */
    public Path backups() {
        return directory.resolve("backups");
    }

    /** Where the run's report goes, as {@code md} or {@code json}. */
    Path report(String form) {
        return directory.resolve("report." + form);
    }

    /** Where a command from another terminal finds the password; the directory is this user's alone. */
    Path writePassword(String password) {
        try {
            return Files.writeString(directory.resolve("password"), password);
        } catch (IOException e) {
            throw new UncheckedIOException("could not write into " + directory, e);
        }
    }

    /** The dump goes with the servers; plan and report stay. */
    void deleteBackups() {
        try (Stream<Path> files = Files.walk(backups())) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("could not delete " + backups(), e);
        }
    }

    /** Writes everything for a run that succeeds, with a dump, and answers the plan's path. */
    public Path write(String databaseUrl) {
        return write(databaseUrl, true, Scenario.SUCCESS);
    }

    /** Writes everything and answers the plan's path. */
    Path write(String databaseUrl, boolean dump, Scenario scenario) {
        String backup = dump
                ? "{dump: {directory: backups, jobs: 2, tables: [public.orders]}, verify: readable, maxAge: 1h}"
                : "none";
        boolean aborts = scenario == Scenario.ABORT;
        String lag = "{slow: 2s, hold: " + HOLD_LAG + ", abort: " + (aborts ? "10s for 3s}" : "5m}");
        String bytes = "{slow: 8MiB, hold: " + HOLD_BYTES + ", abort: 1GiB}";
        try {
            Files.createDirectories(directory.resolve("migrations"));
            Files.createDirectories(backups());
            Files.writeString(directory.resolve("migrations/V2__total_cents.sql"), MIGRATION);
            String plan = PLAN.formatted(databaseUrl, STANDBY, backup, lag, bytes, BACKFILL);
            return Files.writeString(directory.resolve("orders.yaml"), plan);
        } catch (IOException e) {
            throw new UncheckedIOException("could not write the demo's plan into " + directory, e);
        }
    }
}
