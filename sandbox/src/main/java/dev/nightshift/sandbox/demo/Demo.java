package dev.nightshift.sandbox.demo;

import dev.nightshift.sandbox.Binaries;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.LoadReport;
import dev.nightshift.sandbox.LoadSettings;
import dev.nightshift.sandbox.Login;
import dev.nightshift.sandbox.PostgresServer;
import dev.nightshift.sandbox.Program;
import dev.nightshift.sandbox.SandboxFailed;
import dev.nightshift.sandbox.Shop;
import dev.nightshift.sandbox.ShopLoad;
import dev.nightshift.sandbox.demo.BadLink.Spell;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The program behind {@code nightshift demo}. */
public final class Demo {
    private static final int MISTAKE = 2;
    private static final int CHECK_FAILED = 1;
    private static final double OPERATIONS_A_SECOND = 60;
    private static final String LINGER = "10s";

    private final DemoOptions options;
    private final PrintStream out;

    private Demo(DemoOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.print(DemoOptions.USAGE);
            return;
        }
        int exit;
        try {
            exit = new Demo(DemoOptions.parse(arguments), System.out).run();
        } catch (IllegalArgumentException e) {
            System.err.println("nightshift demo: " + e.getMessage() + "\nsee: nightshift demo --help");
            exit = MISTAKE;
        } catch (SandboxFailed e) {
            System.err.println("nightshift demo: " + e.getMessage());
            exit = CHECK_FAILED;
        }
        System.exit(exit);
    }

    private int run() throws IOException, InterruptedException {
        say("demo %s, seed %d", options.scenario().word(), options.seed());
        try (Cluster cluster =
                Cluster.start(ClusterSettings.withStandbys(DemoPlan.STANDBY).from(options.postgres()))) {
            say(
                    "PostgreSQL %s: a primary at %s and a standby, started in %.1f s",
                    cluster.binaries().version(),
                    cluster.primary().url(),
                    cluster.startup().toMillis() / 1e3);
            fill(cluster);
            return migrate(cluster);
        }
    }

    /** The shop without the column that the migration adds. */
    private void fill(Cluster cluster) {
        long begin = System.nanoTime();
        Shop.of(options.rows()).createAndCheckpoint(cluster.primary());
        cluster.primary().execute("ALTER TABLE public.orders DROP COLUMN total_cents", DemoPlan.HISTORY);
        cluster.awaitCaughtUp(DemoPlan.STANDBY, Duration.ofMinutes(5));
        say("%,d orders created in %.1f s", options.rows(), (System.nanoTime() - begin) / 1e9);
    }

    private int migrate(Cluster cluster) throws IOException, InterruptedException {
        PostgresServer primary = cluster.primary();
        Optional<Path> dump = cluster.tool("pg_dump");
        DemoPlan files = new DemoPlan(Files.createTempDirectory("nightshift-demo-"));
        Path plan = files.write(primary.url(), dump.isPresent(), options.scenario());
        Spell spell = Spell.of(options.scenario(), options.seed());
        announce(spell, dump.isPresent(), cluster.binaries());
        say(
                "watch it from another terminal: NIGHTSHIFT_PASSWORD_FILE=%s nightshift status --database %s",
                files.writePassword(primary.password()), primary.url());
        Program program = new Program(dump, primary.password());
        if (options.pagePort().isEmpty()) {
            return carryOut(cluster, files, plan, program, spell);
        }
        int port = options.pagePort().getAsInt();
        try (DemoPage page = DemoPage.open(program, files, primary.url(), port)) {
            say("%s", page.invitation());
            int exit = carryOut(cluster, files, plan, program, spell);
            say("the page is there until you press Enter");
            awaitEnter();
            return exit;
        }
    }

    private static void awaitEnter() throws IOException {
        for (int read = System.in.read(); read >= 0 && read != '\n'; read = System.in.read()) {
            // Whatever was typed before it.
        }
    }

    private int carryOut(Cluster cluster, DemoPlan files, Path plan, Program program, Spell spell)
            throws IOException, InterruptedException {
        PostgresServer primary = cluster.primary();
        say("$ nightshift run %s%n", plan);
        LoadSettings settings =
                LoadSettings.of(OPERATIONS_A_SECOND).withoutTotals().seed(options.seed());
        BadLink link = BadLink.over(cluster.relay(DemoPlan.STANDBY), spell, primary.migrator(), options.rows());
        int exit;
        LoadReport shop;
        try (ShopLoad load = ShopLoad.start(primary.migrator(), settings)) {
            exit = program.run(command(plan));
            shop = load.report();
        }
        link.end();
        say("%nnightshift run ended with exit status %d; the journal and the tables say:%n", exit);
        boolean passed = tell(cluster, files, program, link, shop);
        if (exit != options.scenario().exitCode()) {
            return exit == 0 ? CHECK_FAILED : exit;
        }
        return passed ? exit : CHECK_FAILED;
    }

    private String[] command(Path plan) {
        List<String> words = new ArrayList<>(List.of("run", plan.toString()));
        options.metricsPort()
                .ifPresent(port ->
                        words.addAll(List.of("--metrics-port", String.valueOf(port), "--metrics-linger", LINGER)));
        return words.toArray(String[]::new);
    }

    private void announce(Spell spell, boolean dump, Binaries binaries) {
        if (!dump) {
            say(
                    "backup: none, because there is no pg_dump %d or newer on this machine"
                            + " (Debian and Ubuntu: apt install postgresql-client)",
                    binaries.major());
        }
        say(
                "the link carries %s; from the moment when %.0f %% of the rows are done only %s",
                BadLink.megabits(BadLink.GOOD), spell.afterShare() * 100, spell.story());
    }

    /** Prints what can be read back and answers whether every check passed. */
    private boolean tell(Cluster cluster, DemoPlan files, Program program, BadLink link, LoadReport shop)
            throws IOException, InterruptedException {
        Login login = cluster.primary().migrator();
        Optional<Story> read = Story.read(login);
        if (read.isEmpty()) {
            say("there is no run in the journal");
            return false;
        }
        Story story = read.get();
        Checks checks = Checks.of(
                options.scenario(),
                cluster,
                story,
                options.rows(),
                shop,
                program.pgDump().isPresent());
        checks.add("the report is written", report(program, files, login.url(), story.run()), files.toString());
        long total = Checks.rowsTotal(login, options.rows());
        new Summary(story, total, link, shop, checks.all()).lines().forEach(line -> say("%s", line));
        say("report    %s", files.report("md"));
        files.deleteBackups();
        return checks.passed();
    }

    private static boolean report(Program program, DemoPlan files, String database, String run)
            throws IOException, InterruptedException {
        boolean written = true;
        for (String form : List.of("md", "json")) {
            written &= program.print(files.report(form), "report", run, "-o", form, "--database", database);
        }
        return written;
    }

    private void say(String form, Object... values) {
        out.printf(Locale.ROOT, form + "%n", values);
    }
}
