package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.Login;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a preflight holds against earlier runs: their backups, and the tables as a run saw them last. */
class PreflightHistoryIT {

    private static Cluster cluster;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(ClusterSettings.primaryOnly());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void an_earlier_backup_serves_until_it_is_old_or_its_tables_were_redefined() throws IOException {
        assumeTrue(cluster.hasTool("pg_dump"), "skipped: no pg_dump that can dump this server");
        migrator().execute("CREATE TABLE public.saved AS SELECT 1 AS id, NULL::int AS total");
        Path plan = plan("saved", "{dump: {directory: %s/backups, tables: [public.saved]}, maxAge: 12h}", "");
        assertThat(preflight(plan)).isEmpty();
        Command run =
                nightshift("run", plan("saved", "{dump: {directory: %s/backups, tables: [public.saved]}}", "verify"));
        assertThat(run.code()).as(run.err()).isZero();

        plan = plan("saved", "{dump: {directory: %s/backups, tables: [public.saved]}, maxAge: 12h}", "");
        assertThat(preflight(plan)).isEmpty();
        assertThat(seen(plan, "PF-BACKUP")).contains("serves, ", " old of 12 h");

        Path impatient = plan("saved", "{dump: {directory: %s/backups, tables: [public.saved]}, maxAge: 1s}", "");
        assertThat(preflight(impatient)).containsExactly("PF-BACKUP warn");
        assertThat(seen(impatient, "PF-BACKUP")).contains("old at the first write > 1 s (maxAge)");

        plan = plan("saved", "{dump: {directory: %s/backups, tables: [public.saved]}, maxAge: 12h}", "");
        migrator().execute("ALTER TABLE public.saved ADD COLUMN note text");
        assertThat(preflight(plan)).containsExactly("PF-BACKUP warn");
        assertThat(seen(plan, "PF-BACKUP")).contains("does not serve: public.saved was redefined since");
        migrator().execute("ALTER TABLE public.saved DROP COLUMN note");

        damage();
        assertThat(preflight(plan)).containsExactly("PF-BACKUP warn");
        assertThat(seen(plan, "PF-BACKUP")).contains("does not serve: ", "is missing");
    }

    @Test
    void a_table_that_somebody_redefines_while_a_run_stands_still_is_told_once() throws IOException {
        migrator()
                .execute(
                        "CREATE TABLE public.drifting (id int PRIMARY KEY, total int)",
                        "INSERT INTO public.drifting SELECT n, NULL FROM generate_series(1, 10) AS n",
                        "ANALYZE public.drifting");
        Path plan = plan("drifting", "none", "backfill");
        assertThat(nightshift("run", plan).code()).isEqualTo(12);
        assertThat(failure()).contains("division by zero");

        migrator().execute("ALTER TABLE public.drifting ADD COLUMN note text");
        Command retried = nightshift("retry", "--reason", "again");
        assertThat(retried.code()).as(retried.out() + retried.err()).isNotZero();
        assertThat(failure()).contains("PF-DRIFT: public.drifting was redefined since the last look of this run");

        nightshift("retry", "--reason", "the column is meant to be there");
        assertThat(failure()).contains("division by zero");
    }

    private void damage() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("backups"))) {
            for (Path file : files.filter(f -> f.getFileName().toString().equals("toc.dat"))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    private static String failure() {
        return cluster.primary()
                .superuser()
                .text("SELECT state || ': ' || detail::text FROM nightshift.runs ORDER BY created_at DESC LIMIT 1");
    }

    /** What did not pass. */
    private List<String> preflight(Path plan) {
        return report(plan).getJsonArray("checks").stream()
                .map(JsonObject.class::cast)
                .filter(check -> !check.getString("outcome").equals("pass"))
                .map(check -> check.getString("id") + " " + check.getString("outcome"))
                .toList();
    }

    private String seen(Path plan, String id) {
        return report(plan).getJsonArray("checks").stream()
                .map(JsonObject.class::cast)
                .filter(check -> check.getString("id").equals(id))
                .map(check -> check.getString("seen"))
                .findFirst()
                .orElseThrow();
    }

    private JsonObject report(Path plan) {
        return new JsonObject(Command.of(directory, environment(), "preflight", plan.toString(), "-o", "json")
                .out());
    }

    private Command nightshift(String verb, Object... more) {
        String[] arguments = Stream.concat(Stream.of(verb), Stream.of(more).map(Object::toString))
                .toArray(String[]::new);
        return Command.of(directory, environment(), arguments);
    }

    private static Map<String, String> environment() {
        return Map.of(
                "NIGHTSHIFT_PASSWORD",
                cluster.primary().password(),
                "NIGHTSHIFT_DATABASE",
                migrator().url());
    }

    private Path plan(String table, String backup, String step) throws IOException {
        String steps = step.equals("backfill")
                ? "backfill: {name: fill, table: public.%s, set: {total: \"1 / (id - 3)\"}, where: \"total IS NULL\"}"
                        .formatted(table)
                : "verify: {name: look, sql: \"SELECT count(*) >= 0 FROM public.%s\"}".formatted(table);
        return Files.writeString(directory.resolve("plan.yaml"), """
                nightshift: 1
                name: look
                database: {url: "%s"}
                replicas: none
                backup: %s
                waive: [{id: %s, reason: a test, until: 2999-01-01}]
                steps:
                  - %s
                """.formatted(
                        migrator().url(), backup.formatted(directory), "PF-TABLE-SIZE", steps));
    }

    private static Login migrator() {
        return cluster.primary().migrator();
    }
}
