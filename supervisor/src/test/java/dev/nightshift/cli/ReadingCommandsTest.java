package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.cli.screen.Views;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Holding;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Working;
import dev.nightshift.view.BackupView;
import dev.nightshift.view.Documents;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingCommandsTest {

    private static final String PLAN = """
            nightshift: 1
            name: orders-total-cents
            database: {url: "postgresql://migrator@localhost:5432/shop"}
            replicas: none
            backup: none
            steps:
              - backfill: {name: fill, table: public.orders, set: {total_cents: "amount * 100"}, where: "total_cents IS NULL"}
              - verify: {name: no-gaps, sql: "SELECT count(*) = 0 FROM public.orders WHERE total_cents IS NULL"}
            """;

    private final FakeDatabase database = new FakeDatabase();

    @TempDir
    private Path directory = Path.of("");

    @Test
    void status_prints_once_where_stdout_is_no_terminal() {
        database.status = Optional.of(Views.status(new Working()));

        Typed typed = Typed.in(database, "status");

        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .startsWith("orders-total-cents · run 7f3kmq · working")
                .doesNotContain("\u001B");
    }

    @Test
    void status_as_json_is_a_document_with_a_version() {
        database.status = Optional.of(Views.status(new Working()));

        JsonObject document =
                new JsonObject(Typed.in(database, "status", "-o", "json").out());

        assertThat(document.getString("apiVersion")).isEqualTo(Documents.API_VERSION);
        assertThat(document.getString("kind")).isEqualTo("RunStatus");
        assertThat(document.getJsonObject("run").getString("state")).isEqualTo("working");
        assertThat(document.getJsonObject("glance").getJsonArray("replicas").size())
                .isEqualTo(2);
        assertThat(document.getJsonObject("supervisor").getBoolean("alive")).isTrue();
    }

    @Test
    void watched_json_is_one_document_a_line() {
        database.status = Optional.of(Views.status(new Working()));
        database.afterLook = view -> Optional.of(Views.status(new Succeeded()));

        assertThat(Typed.in(database, "status", "-o", "json", "--watch").out().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(new JsonObject(line)).isNotEmpty());
    }

    @Test
    void status_ends_with_the_code_of_the_state_only_when_asked() {
        Holder ann = new Holder(Holder.Kind.OPERATOR, "ann@desk", "deploy");
        database.status = Optional.of(Views.status(new Holding(Holders.of(List.of(ann)))));

        assertThat(Typed.in(database, "status").code()).isZero();
        assertThat(Typed.in(database, "status", "--exit-code").code()).isEqualTo(10);
    }

    @Test
    void history_lists_runs_and_events() {
        database.status = Optional.of(Views.status(new Succeeded()));

        assertThat(Typed.in(database, "history").out()).contains("RUN", "7f3kmq", "succeeded", "26 min 40 s");
        assertThat(Typed.in(database, "history", "7f3kmq").out())
                .contains("2026-03-02 02:31:10  slowed       standby-a: replica lag standby-a 2.3 s > 2 s");
        assertThat(new JsonObject(Typed.in(database, "history", "-o", "json").out()).getString("kind"))
                .isEqualTo("RunList");
    }

    @Test
    void report_is_markdown_or_json() {
        database.status = Optional.of(Views.status(new Succeeded()));

        assertThat(Typed.in(database, "report").out())
                .startsWith("# orders-total-cents: succeeded")
                .contains("- work: 3.00 M rows, at most 1.36 GiB of WAL; the whole server wrote 1.77 GiB")
                .contains("| fill | backfill | stopped | 1840000 | 412 |")
                .contains("- replica lag standby-a 2.3 s of 5 s at")
                .contains("- slowed 1 min 12 s, 2 times: replica lag standby-a > 2 s");
        assertThat(new JsonObject(Typed.in(database, "report", "-o", "json").out()).getString("kind"))
                .isEqualTo("RunReport");
    }

    @Test
    void what_prune_did_or_would_do_is_told_line_by_line() {
        database.fates = List.of(
                new BackupPrune.Fate(
                        "b3", "/backups/b3", Optional.of("the newest verified one of plan orders"), Optional.empty()),
                new BackupPrune.Fate("b1", "/backups/b1", Optional.empty(), Optional.empty()));
        Typed dry = Typed.in(database, "backup", "prune", "--keep", "2", "--older-than", "10d", "--dry-run");
        assertThat(dry.code()).isZero();
        assertThat(dry.out()).contains("stays    b3  /backups/b3: the newest", "would go b1  /backups/b1");
        assertThat(Typed.in(database, "backup", "prune").out()).contains("deleted  b1");
        assertThat(database.pruned).containsExactly("2 PT240H dry", "3 PT168H");
        database.fates = List.of(new BackupPrune.Fate(
                "b1", "/backups/b1", Optional.empty(), Optional.of("it cannot be deleted: read-only")));
        assertThat(Typed.in(database, "backup", "prune").code()).isEqualTo(4);
        assertThat(Typed.in(database, "backup", "prune", "--keep", "0").code()).isEqualTo(2);
        assertThat(Typed.in(database, "backup", "prune", "--older-than", "7").code())
                .isEqualTo(2);
    }

    @Test
    void a_backup_that_is_kept_elsewhere_is_asked_for() {
        BackupView b1 = Views.backup();
        database.known = List.of(new BackupView(
                "b9",
                b1.run(),
                "snapshot",
                b1.state(),
                "shop/nightshift-b9",
                "attested",
                b1.bytes(),
                b1.walSince(),
                b1.startedAt(),
                b1.verifiedAt(),
                b1.failure()));
        assertThat(Typed.in(database, "backup", "list").out()).contains("snapshot", "shop/nightshift-b9", "attested");
        assertThat(Typed.in(database, "backup", "verify").out()).contains("still there, by what its keeper says");
        database.flaws = List.of("it is not there: none");
        assertThat(Typed.in(database, "backup", "verify", "b9").code()).isEqualTo(4);
    }

    @Test
    void backups_are_listed_and_verified() {
        assertThat(Typed.in(database, "backup", "list").out()).contains("/backups/b1", "412 MiB", "readable");
        assertThat(Typed.in(database, "backup", "verify", "b1").out()).contains("/backups/b1: good");
        database.flaws = List.of("3012.dat.gz: its sum is not the manifest's");
        assertThat(Typed.in(database, "backup", "verify"))
                .satisfies(t -> assertThat(t.code()).isEqualTo(4))
                .satisfies(t -> assertThat(t.out()).contains("3012.dat.gz: its sum"));
        assertThat(Typed.in(database, "backup", "verify", "b7").code()).isEqualTo(2);
    }

    @Test
    void check_says_what_a_plan_would_do() throws IOException {
        Path plan = Files.writeString(directory.resolve("plan.yaml"), PLAN);

        Typed typed = Typed.in(database, Map.of(), "check", plan.toString());

        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .contains("· shop at localhost:5432 as migrator")
                .contains("NONE: what this plan changes cannot be restored from here")
                .contains("Sets total_cents of public.orders until no row is left where total_cents IS NULL.")
                .contains("can be paused: stops between two batches")
                .contains("locks     ROW EXCLUSIVE on public.orders")
                .contains("no steps: an abort only stops the work");
        JsonObject document = new JsonObject(Typed.in(database, Map.of(), "check", plan.toString(), "-o", "json")
                .out());
        assertThat(document.getString("kind")).isEqualTo("PlanCheck");
        JsonObject step = document.getJsonObject("plan").getJsonArray("steps").getJsonObject(0);
        assertThat(step.getString("class")).isEqualTo("pausable");
        assertThat(step.getJsonArray("locks").getJsonObject(0).getString("mode"))
                .isEqualTo("ROW EXCLUSIVE");
    }

    @Test
    void every_problem_of_a_plan_stands_on_its_own_line() throws IOException {
        Path plan = Files.writeString(
                directory.resolve("plan.yaml"),
                PLAN.replace("replicas: none", "replica: none").replace("1\nname", "2\nname"));

        Typed check = Typed.in(database, Map.of(), "check", plan.toString());
        Typed run = Typed.in(database, "run", plan.toString());

        assertThat(check.code()).isEqualTo(2);
        assertThat(check.out().lines()).hasSize(2).allMatch(line -> line.startsWith(plan + ":"));
        assertThat(check.err()).contains("2 problems");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("2 problems; nothing was changed");
        assertThat(database.done).isEmpty();
    }

    @Test
    void run_supervises_in_the_foreground_and_ends_with_the_summary() throws IOException {
        Path plan = Files.writeString(directory.resolve("plan.yaml"), PLAN);
        database.foreground = () -> {
            database.status = Optional.of(Views.status(new Succeeded()));
            return Optional.of(new Succeeded());
        };

        Typed typed = Typed.in(database, "run", plan.toString());

        assertThat(typed.code()).isZero();
        assertThat(database.done).containsExactly("ran orders-total-cents for ann@desk");
        assertThat(typed.out().lines())
                .singleElement()
                .satisfies(line ->
                        assertThat(new JsonObject(line).getString("event")).isEqualTo("state"));
        assertThat(typed.err()).contains("3.00 M rows", "replica lag standby-a 2.3 s of 5 s", "backup    b1 verified");
    }

    @Test
    void run_shows_metrics_where_it_is_told_to() throws IOException {
        Path plan = Files.writeString(directory.resolve("plan.yaml"), PLAN);
        database.foreground = () -> Optional.of(new Succeeded());

        Typed typed = Typed.in(database, "run", plan.toString(), "--metrics-port", "0", "--metrics-linger", "60s");

        assertThat(typed.code()).isZero();
        assertThat(typed.err()).contains("metrics at http://localhost:9090/metrics");
        assertThat(database.done)
                .containsExactly(
                        "showed metrics of orders-total-cents in shop on 0",
                        "ran orders-total-cents for ann@desk",
                        "counted state",
                        "hid metrics");
    }

    @Test
    void run_refuses_beside_an_active_run() throws IOException {
        Path plan = Files.writeString(directory.resolve("plan.yaml"), PLAN);
        database.status = Optional.of(Views.status(new Working()));

        Typed typed = Typed.in(database, "run", plan.toString());

        assertThat(typed.code()).isEqualTo(9);
        assertThat(typed.err()).contains("run 7f3kmq of plan orders-total-cents is working on this database");
        assertThat(database.done).isEmpty();
    }
}
