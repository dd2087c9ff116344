package dev.nightshift.bench.reaction;

import dev.nightshift.bench.measure.Budget;
import dev.nightshift.bench.measure.Commits;
import dev.nightshift.bench.measure.Sampler;
import dev.nightshift.sandbox.Await;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.Login;
import dev.nightshift.sandbox.PostgresServer;
import dev.nightshift.sandbox.Program;
import dev.nightshift.sandbox.Relay;
import dev.nightshift.sandbox.SandboxFailed;
import dev.nightshift.sandbox.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** One run that is struck in its midst, and when its last commit came: seen in the rows, not in its journal. */
final class Strike {

    static final String STANDBY = "standby-a";

    private static final String PLAN = """
            nightshift: 1
            name: reaction
            database: {url: "%s"}
            replicas: {required: [%s]}
            backup: none
            steps:
              - backfill:
                  name: fill
                  table: public.orders
                  set: {total_cents: "(amount * 100)::bigint", touched: "touched + 1"}
                  where: "total_cents IS NULL"
                  walk: %s
            """;

    private static final String STARTED =
            "SELECT count(*) >= ? FROM (SELECT FROM public.orders WHERE touched > 0 LIMIT ?) AS rows";
    private static final String ASKED =
            "SELECT asked_at FROM nightshift.intents WHERE kind = 'abort' ORDER BY id DESC LIMIT 1";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Longer than a permit lives and a batch lasts: after that nothing comes any more. */
    private static final long QUIET_MICROS = 8_000_000;

    private final Cluster cluster;
    private final ReactionOptions options;
    private final Path directory;

    Strike(Cluster cluster, ReactionOptions options, Path directory) {
        this.cluster = cluster;
        this.options = options;
        this.directory = directory;
    }

    /**
     * What one round showed.
     *
     * @param seconds from the fault to the last commit; below zero when it came before
     * @param written of them, until the command that a person gave was in the database
     */
    record Seen(double seconds, OptionalDouble written) {}

    Seen measure(Fault fault) throws IOException, InterruptedException, SQLException {
        fill();
        Path plan = Files.writeString(
                directory.resolve("plan.yaml"), PLAN.formatted(login().url(), STANDBY, options.walk()));
        Process run = program().start(directory.resolve("run.out"), "run", plan.toString());
        try (Sampler sampler = Sampler.start(cluster, STANDBY)) {
            awaitStarted(run);
            long moment = strike(fault, sampler);
            double seconds = (awaitLastCommit() - moment) / 1e6;
            return new Seen(
                    seconds,
                    fault == Fault.ABORT
                            ? OptionalDouble.of((Sampler.micros(asked()) - moment) / 1e6)
                            : OptionalDouble.empty());
        } finally {
            end(run);
        }
    }

    private void fill() {
        PostgresServer primary = cluster.primary();
        primary.execute("DROP TABLE IF EXISTS public.orders, public.events, public.order_lines");
        new Shop(options.rows(), 0, 0).createAndCheckpoint(primary);
        cluster.awaitCaughtUp(STANDBY, PATIENCE);
    }

    private void awaitStarted(Process run) {
        long some = options.rows() / 10;
        Await.until("a tenth of the rows is done", PATIENCE, () -> {
            if (!run.isAlive()) {
                throw new SandboxFailed("the run has ended:\n" + Files.readString(directory.resolve("run.out")));
            }
            return login().truth(STARTED, some, some);
        });
    }

    private long strike(Fault fault, Sampler sampler) throws IOException, InterruptedException {
        Relay link = cluster.relay(STANDBY);
        if (fault == Fault.ABORT) {
            look();
        }
        long now = Sampler.now();
        switch (fault) {
            case VANISH -> link.cut();
            case STALL -> {
                link.freeze();
                Await.until(
                        "the lag has broken its budget",
                        PATIENCE,
                        () -> sampler.trace().breach(Budget.USUAL, now).isPresent());
                return sampler.trace().breach(Budget.USUAL, now).orElseThrow();
            }
            case ABORT ->
                program()
                        .start(
                                directory.resolve("abort.out"),
                                "abort",
                                "--immediate",
                                "--reason",
                                "bench",
                                "--database",
                                login().url());
        }
        return now;
    }

    /** Nobody aborts a run without having looked at it. */
    private void look() throws IOException, InterruptedException {
        program()
                .start(directory.resolve("status.out"), "status", "--watch=false", "--database", login().url())
                .waitFor();
    }

    /** The run must have been stopped, not have come to its end. */
    private long awaitLastCommit() {
        long[] last = {0};
        Await.until("nothing was committed for a while", PATIENCE, () -> {
            last[0] = Sampler.micros(Commits.read(login()).last().orElseThrow());
            return Sampler.now() - last[0] > QUIET_MICROS;
        });
        if (login().truth("SELECT NOT EXISTS (SELECT FROM public.orders WHERE total_cents IS NULL)")) {
            throw new SandboxFailed("the run came to its end: it needs more --rows");
        }
        return last[0];
    }

    private Instant asked() {
        return login().rows(ASKED).get(0).instant("asked_at");
    }

    private void end(Process run) throws InterruptedException, IOException {
        Relay link = cluster.relay(STANDBY);
        link.thaw();
        link.restore();
        if (run.isAlive()) {
            program()
                    .start(
                            directory.resolve("end.out"),
                            "abort",
                            "--reason",
                            "end of the round",
                            "--database",
                            login().url())
                    .waitFor();
        }
        if (!run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            run.destroyForcibly();
            throw new SandboxFailed("the run did not end: see " + directory.resolve("run.out"));
        }
    }

    private Program program() {
        return new Program(Optional.empty(), login().password());
    }

    private Login login() {
        return cluster.primary().migrator();
    }
}
