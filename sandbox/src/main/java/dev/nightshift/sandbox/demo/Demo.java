package dev.nightshift.sandbox.demo;

import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.LoadReport;
import dev.nightshift.sandbox.LoadSettings;
import dev.nightshift.sandbox.PostgresServer;
import dev.nightshift.sandbox.SandboxFailed;
import dev.nightshift.sandbox.Shop;
import dev.nightshift.sandbox.ShopLoad;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The program behind {@code nightshift demo}. */
public final class Demo {
    private static final int MISTAKE = 2;
    private static final int CHECK_FAILED = 1;
    private static final double OPERATIONS_A_SECOND = 60;

    private final DemoOptions options;
    private final PrintStream out;

    private Demo(DemoOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** The system property {@code nightshift.program} names the program that a user would type. */
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
        cluster.primary().execute("ALTER TABLE public.orders DROP COLUMN total_cents");
        cluster.awaitCaughtUp(DemoPlan.STANDBY, Duration.ofMinutes(5));
        say("%,d orders created in %.1f s", options.rows(), (System.nanoTime() - begin) / 1e9);
    }

    private int migrate(Cluster cluster) throws IOException, InterruptedException {
        PostgresServer primary = cluster.primary();
        Optional<Path> dump = cluster.tool("pg_dump");
        if (dump.isEmpty()) {
            say(
                    "backup: none, because there is no pg_dump %d or newer on this machine"
                            + " (Debian and Ubuntu: apt install postgresql-client)",
                    cluster.binaries().major());
        }
        DemoPlan files = new DemoPlan(Files.createTempDirectory("nightshift-demo-"));
        Path plan = files.write(primary.url(), dump.isPresent(), options.scenario());
        BadLink.Spell spell = BadLink.Spell.of(options.scenario(), options.seed());
        say(
                "the link carries %s, and only %s from the moment when %.0f %% of the rows are done%s",
                BadLink.megabits(BadLink.GOOD),
                spell.rate(),
                spell.afterShare() * 100,
                options.scenario() == Scenario.SUCCESS
                        ? ", for " + spell.lasts().toSeconds() + " s"
                        : "");
        say("$ nightshift run %s%n", plan);
        LoadSettings settings =
                LoadSettings.of(OPERATIONS_A_SECOND).withoutTotals().seed(options.seed());
        BadLink link = BadLink.over(cluster.relay(DemoPlan.STANDBY), spell, primary.migrator(), options.rows());
        int exit;
        LoadReport shop;
        try (ShopLoad load = ShopLoad.start(primary.migrator(), settings)) {
            exit = new Program(dump).run(primary.password(), "run", plan.toString());
            shop = load.report();
        }
        link.end();
        return tell(cluster, link, shop, exit);
    }

    private int tell(Cluster cluster, BadLink link, LoadReport shop, int exit) {
        say("%nnightshift run ended with exit status %d; the journal and the tables say:%n", exit);
        Story story = Story.read(cluster.primary().migrator());
        long total = Checks.rowsTotal(cluster.primary().migrator(), options.rows());
        List<Checks.Check> checks = Checks.of(options.scenario(), cluster, story, options.rows(), shop);
        new Summary(story, total, link, shop, checks).lines().forEach(line -> say("%s", line));
        if (exit != options.scenario().exitCode()) {
            return exit == 0 ? CHECK_FAILED : exit;
        }
        return checks.stream().allMatch(Checks.Check::passed) ? exit : CHECK_FAILED;
    }

    private void say(String form, Object... values) {
        out.printf(Locale.ROOT, form + "%n", values);
    }
}
