package dev.nightshift.bench.api;

import dev.nightshift.sandbox.Await;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.Login;
import dev.nightshift.sandbox.PostgresServer;
import dev.nightshift.sandbox.Processes;
import dev.nightshift.sandbox.Program;
import dev.nightshift.sandbox.Row;
import dev.nightshift.sandbox.SandboxFailed;
import dev.nightshift.sandbox.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A primary with a standby behind a link, {@code serve} with its API before it, and a run that it supervises. */
final class Scene implements AutoCloseable {

    private static final String STANDBY = "standby-a";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long FEW = 1_000;
    private static final Pattern API = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/api/v1");
    private static final Pattern METRICS = Pattern.compile("http://localhost:(\\d+)/metrics");

    private static final String PLAN = """
            nightshift: 1
            name: load
            database: {url: "%s"}
            replicas: %s
            backup: none
            steps:
              - backfill:
                  name: fill
                  table: public.orders
                  set: {total_cents: "(amount * 100)::bigint", touched: "touched + 1"}
                  where: "total_cents IS NULL"
                  walk: key
            """;

    private static final String SUPERVISED =
            "SELECT EXISTS (SELECT FROM nightshift.lease WHERE holder LIKE 'serve %' AND expires_at > clock_timestamp())";
    private static final String ROWS = "SELECT coalesce(sum(rows), 0)::bigint FROM nightshift.progress p"
            + " JOIN nightshift.runs r ON r.id = p.run_id WHERE r.ended_at IS NULL";
    private static final String WORKING = "SELECT EXISTS (SELECT FROM nightshift.runs WHERE state = 'working')";
    private static final String NEWEST = "SELECT coalesce(max(id), 0) FROM nightshift.events";

    private final ApiOptions options;
    private final Path directory;
    private final Cluster cluster;
    private final Process serve;
    private final Target target;
    private final int metricsPort;

    private Scene(ApiOptions options, Path directory, Cluster cluster) throws IOException, InterruptedException {
        this.options = options;
        this.directory = directory;
        this.cluster = cluster;
        endedRun();
        fill();
        Path output = directory.resolve("serve.out");
        String secret = token();
        this.serve = program().start(output, "serve", settings().toString());
        this.target = new Target(port(output, API), secret);
        this.metricsPort = port(output, METRICS);
    }

    static Scene set(ApiOptions options) throws IOException, InterruptedException {
        Cluster cluster = Cluster.start(ClusterSettings.primaryOnly().set("max_wal_size", "64GB"));
        try {
            return new Scene(options, Files.createTempDirectory("nightshift-bench-"), cluster);
        } catch (SandboxFailed | IOException | InterruptedException e) {
            cluster.close();
            throw e;
        }
    }

    Target target() {
        return target;
    }

    int metricsPort() {
        return metricsPort;
    }

    ProcessHandle serve() {
        return serve.toHandle();
    }

    Login login() {
        return cluster.primary().migrator();
    }

    /** So that there is something to read before the measured run. */
    private void endedRun() throws IOException, InterruptedException {
        new Shop(FEW, 0, 0).createAndCheckpoint(cluster.primary());
        Path output = directory.resolve("first.out");
        if (program().start(output, "run", plan("none").toString()).waitFor() != 0) {
            throw new SandboxFailed("nightshift run failed: " + Files.readString(output));
        }
    }

    private void fill() {
        PostgresServer primary = cluster.primary();
        primary.execute("DROP TABLE public.orders, public.events, public.order_lines");
        new Shop(options.rows(), 0, 0).create(primary);
        cluster.addStandby(STANDBY);
        options.link().bytesPerSecond().ifPresent(cluster.relay(STANDBY)::limit);
    }

    private String token() throws IOException, InterruptedException {
        Path output = directory.resolve("secret");
        String file = directory.resolve("tokens.yaml").toString();
        if (!program().print(output, "token", "bench", "--role", "viewer", "--tokens", file)) {
            throw new SandboxFailed("nightshift token failed: " + Files.readString(output));
        }
        return Files.readString(output).strip();
    }

    private Path settings() throws IOException {
        return Files.writeString(directory.resolve("serve.yaml"), """
                databases: [{url: "%s", name: shop}]
                metrics: {port: 0}
                api: {port: 0, tokens: tokens.yaml}
                """.formatted(login().url()));
    }

    private int port(Path output, Pattern told) {
        int[] port = new int[1];
        try {
            awaitTold(output, told, port);
        } catch (SandboxFailed e) {
            serve.destroyForcibly();
            throw e;
        }
        return port[0];
    }

    private void awaitTold(Path output, Pattern told, int[] port) {
        Await.until("serve says where it listens", PATIENCE, () -> {
            Matcher matcher = told.matcher(Files.readString(output));
            if (!serve.isAlive()) {
                throw new SandboxFailed("nightshift serve has ended: " + Files.readString(output));
            }
            port[0] = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
            return port[0] > 0;
        });
    }

    /** Begins the run in a foreground that is killed: then it is {@code serve} that supervises it. */
    void beginRun() throws IOException {
        Path output = directory.resolve("run.out");
        Process run = program()
                .start(output, "run", plan("{required: [" + STANDBY + "]}").toString());
        Await.until("the run works", PATIENCE, () -> {
            if (!run.isAlive()) {
                throw new SandboxFailed("the run has ended: " + Files.readString(output));
            }
            return login().number(ROWS) > 0;
        });
        Processes.kill(run.pid());
        Await.until("serve supervises it", PATIENCE, () -> login().truth(SUPERVISED));
        long done = login().number(ROWS);
        Await.until("it goes on", PATIENCE, () -> login().number(ROWS) > done);
    }

    private Path plan(String replicas) throws IOException {
        return Files.writeString(directory.resolve("plan.yaml"), PLAN.formatted(login().url(), replicas));
    }

    boolean works() {
        return login().truth(WORKING);
    }

    long newestEvent() {
        return login().number(NEWEST);
    }

    Set<Long> eventsAfter(long number) {
        return login().rows("SELECT id FROM nightshift.events WHERE id > ?", number).stream()
                .map((Row row) -> row.number("id"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Program program() {
        return new Program(Optional.empty(), login().password());
    }

    @Override
    public void close() {
        serve.destroy();
        try {
            if (!serve.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                serve.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cluster.close();
    }
}
