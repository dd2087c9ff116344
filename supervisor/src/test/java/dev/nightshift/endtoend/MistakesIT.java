package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.Login;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who gets the plan, the database or the role wrong: four lines, a code, and an untouched database. */
class MistakesIT {

    private static final String OTHERS = "others";

    /** What may not be scanned under a lock, whether it has been analysed yet or not. */
    private static final long ROWS = 20_000;

    private static Cluster cluster;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(ClusterSettings.withStandbys("standby-a"));
        migrator()
                .execute(
                        "CREATE TABLE public.orders (id bigint PRIMARY KEY, amount numeric NOT NULL, total_cents bigint)",
                        "INSERT INTO public.orders SELECT n, n FROM generate_series(1, " + ROWS + ") AS n",
                        "CREATE TABLE public.keyless (id bigint, total_cents bigint)");
        superuser()
                .execute(
                        "CREATE ROLE " + OTHERS + " LOGIN PASSWORD 'others'",
                        "GRANT pg_monitor TO " + OTHERS,
                        "GRANT CREATE ON DATABASE shop TO " + OTHERS,
                        "GRANT SELECT ON public.orders TO " + OTHERS);
        cluster.awaitCaughtUp("standby-a", Duration.ofMinutes(1));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @AfterEach
    void the_tables_are_as_they_were() {
        assertThat(migrator().number("SELECT count(*) FROM public.orders WHERE total_cents IS NULL"))
                .isEqualTo(ROWS);
    }

    @Test
    void a_plan_whose_sql_scans_a_table_under_its_lock_is_refused() throws IOException {
        String plan = """
                nightshift: 1
                name: index
                database: {url: "%s"}
                replicas: {required: [standby-a]}
                backup: none
                steps:
                  - statement: {name: scan, sql: ALTER TABLE public.orders ADD CHECK (amount > 0)}
                """.formatted(migrator().url());

        Command refused = run(migrator(), Files.writeString(directory.resolve("plan.yaml"), plan));

        assertRefused(refused, 3, "plan.yaml:7:64 CON-CHECK-VALIDATING");
        assertThat(refused.err()).contains("waive: [{id: CON-CHECK-VALIDATING, reason: …, until: ");
    }

    @Test
    void a_plan_with_ten_mistakes_lists_ten_each_with_its_place() throws IOException {
        Path file = Files.writeString(directory.resolve("plan.yaml"), """
                nightshift: 1
                name: Orders Total
                database: {url: "postgresql://migrator:hunter2@primary.shop/shop"}
                replicas: {required: [standby-a], delayed: {standby-a: 1h}}
                window: {opens: "0 25 * * *", lasts: 4h, zone: Europe/Paris}
                backup: {dump: {directory: /backups, jobs: many}, maxAge: 24}
                guards:
                  replica-lagg: {hold: 5s}
                  replica-bytes: {hold: 256}
                steps:
                  - backfill:
                      name: fill
                      table: orders
                      set: {total_cents: amount * 100}
                      wher: total_cents IS NULL
                      stable-key: true
                """);
        String[] places = {"2:7", "3:17", "4:56", "5:17", "6:44", "6:59", "8:3", "9:25", "13:14", "15:7"};

        Command check = Command.of(directory, Map.of(), "check", file.toString());
        assertThat(check.code()).isEqualTo(2);
        assertThat(check.out().lines()).hasSize(places.length);
        for (int i = 0; i < places.length; i++) {
            assertThat(check.out().lines().toList().get(i))
                    .startsWith(file + ":" + places[i] + ": ")
                    .contains("expected");
        }
        assertThat(check.err().lines()).containsExactly(file + ": 10 problems");
        assertThat(check.out()).doesNotContain("hunter2");

        Command run = Command.of(directory, Map.of(), "run", file.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith(check.out()).endsWith(file + ": 10 problems; nothing was changed\n");
    }

    @Test
    void a_wrong_password_is_refused_in_four_lines() {
        Login wrong = new Login(migrator().port(), "migrator", "no-such-password", "shop");

        Command run = run(wrong, plan(wrong.url(), "public.orders"));

        assertRefused(run, 3, "password");
        assertThat(run.err()).doesNotContain("no-such-password");
    }

    @Test
    void a_port_where_nobody_listens_may_be_tried_again() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertRefused(run(migrator(), plan("postgresql://migrator@127.0.0.1:" + port + "/shop")), 75, ":" + port);
    }

    @Test
    void a_host_that_never_answers_may_be_tried_again() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            String place = "127.0.0.1:" + silent.getLocalPort();
            assertRefused(
                    run(migrator(), plan("postgresql://migrator@" + place + "/shop")),
                    75,
                    "nobody answers: " + place + " did not answer");
        }
    }

    @Test
    void a_host_that_has_no_address_may_be_tried_again() {
        assertRefused(
                run(migrator(), plan("postgresql://migrator@no-such-host.invalid/shop")), 75, "no-such-host.invalid");
    }

    @Test
    void a_database_that_is_not_there_is_refused() {
        assertRefused(run(migrator(), plan(migrator().in("warehouse").url())), 3, "warehouse");
    }

    @Test
    void a_standby_instead_of_the_primary_is_refused() {
        Login standby = cluster.standby("standby-a").migrator();

        assertRefused(run(standby, plan(standby.url())), 3, "standby");
    }

    @Test
    void a_table_that_is_missing_is_refused() {
        assertRefused(run(migrator(), plan(migrator().url(), "public.ordres")), 3, "there is no table public.ordres");
    }

    @Test
    void a_table_without_a_usable_key_is_refused() {
        assertRefused(run(migrator(), plan(migrator().url(), "public.keyless")), 3, "public.keyless has no key");
    }

    @Test
    void a_role_that_is_set_to_read_only_is_refused() {
        superuser().execute("ALTER ROLE migrator SET default_transaction_read_only = on");
        try {
            assertRefused(run(migrator(), plan(migrator().url())), 3, "read-only");
        } finally {
            superuser().execute("ALTER ROLE migrator RESET default_transaction_read_only");
        }
    }

    @Test
    void a_role_that_may_not_update_the_table_is_refused() {
        assertRefused(run(others(), plan(others().url())), 3, "may not update column total_cents");
    }

    @Test
    void a_role_that_may_not_create_the_journal_is_refused() {
        superuser()
                .execute("REVOKE CREATE ON DATABASE shop FROM " + OTHERS, "GRANT UPDATE ON public.orders TO " + OTHERS);
        try {
            assertRefused(run(others(), plan(others().url())), 3, "may not create a schema");
        } finally {
            superuser()
                    .execute(
                            "GRANT CREATE ON DATABASE shop TO " + OTHERS,
                            "REVOKE UPDATE ON public.orders FROM " + OTHERS);
        }
    }

    @Test
    void a_role_that_cannot_see_replicas_is_refused() {
        superuser().execute("REVOKE pg_monitor FROM migrator");
        try {
            assertRefused(run(migrator(), plan(migrator().url())), 3, "lacks pg_monitor");
        } finally {
            superuser().execute("GRANT pg_monitor TO migrator");
        }
    }

    @Test
    void a_backup_disk_that_is_full_stops_the_run_before_its_first_write() throws Exception {
        Path disk = Files.createDirectories(directory.resolve("disk"));
        if (!mounted("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString())) {
            System.err.println("skipped: a small file system can be mounted by root only");
            return;
        }
        try {
            Path plan = plan(migrator().url(), "public.orders", disk);
            assertRefused(run(migrator(), plan), 3, "PF-TOOLS: a dump of about ");

            String waived = "\nwaive: [{id: PF-TOOLS, reason: it is small, until: 2999-01-01}]\n";
            Files.writeString(plan, Files.readString(plan) + waived);
            Command run = run(migrator(), plan);

            assertThat(run.code()).as(run.err()).isEqualTo(4);
            assertThat(run.err().lines().map(String::stripTrailing))
                    .anyMatch(line -> line.startsWith("failed    too little room for the backup: "))
                    .contains(
                            "while     looking for room in " + disk,
                            "now       nothing was changed",
                            "do        make room there, or name another backup directory, then `nightshift retry`");
            try (var left = Files.list(disk)) {
                assertThat(left).isEmpty();
            }
        } finally {
            mounted("umount", disk.toString());
            migrator().execute("DROP SCHEMA IF EXISTS nightshift CASCADE");
        }
    }

    private static boolean mounted(String... line) throws Exception {
        return new ProcessBuilder(line).inheritIO().start().waitFor() == 0;
    }

    private Command run(Login login, Path plan) {
        return Command.of(directory, Map.of("NIGHTSHIFT_PASSWORD", login.password()), "run", plan.toString());
    }

    private void assertRefused(Command run, int code, String said) {
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        List<String> lines = run.err().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).contains(said);
        assertThat(lines.get(1)).startsWith("while: ");
        assertThat(lines.get(2)).isEqualTo("now:   nothing was changed");
        assertThat(lines.get(3)).startsWith("do:    ");
        assertThat(run.out()).isEmpty();
        assertThat(superuser().truth("SELECT to_regnamespace('nightshift') IS NULL"))
                .as("no journal was made")
                .isTrue();
    }

    private Path plan(String url) {
        return plan(url, "public.orders");
    }

    private Path plan(String url, String table) {
        return plan(url, table, directory.resolve("backups"));
    }

    private Path plan(String url, String table, Path backups) {
        try {
            return Files.writeString(directory.resolve("plan.yaml"), """
                    nightshift: 1
                    name: orders-total
                    database: {url: "%s"}
                    replicas: none
                    backup: {dump: {directory: %s, tables: [%s]}}
                    steps:
                      - backfill: {name: fill, table: %s, set: {total_cents: "1"}, where: "total_cents IS NULL", walk: key}
                    """.formatted(url, backups, table, table));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Login migrator() {
        return cluster.primary().migrator();
    }

    private static Login superuser() {
        return cluster.primary().superuser();
    }

    private static Login others() {
        return new Login(migrator().port(), OTHERS, "others", "shop");
    }
}
