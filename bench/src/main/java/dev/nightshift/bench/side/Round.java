package dev.nightshift.bench.side;

import dev.nightshift.bench.measure.Budget;
import dev.nightshift.bench.measure.Commits;
import dev.nightshift.bench.measure.LagTrace;
import dev.nightshift.bench.measure.Sample;
import dev.nightshift.bench.measure.Sampler;
import dev.nightshift.bench.measure.Spread;
import dev.nightshift.bench.measure.TableFacts;
import dev.nightshift.bench.policy.Policy;
import dev.nightshift.bench.policy.PolicyKind;
import dev.nightshift.bench.policy.Scene;
import dev.nightshift.sandbox.Await;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.LoadReport;
import dev.nightshift.sandbox.LoadSettings;
import dev.nightshift.sandbox.SandboxFailed;
import dev.nightshift.sandbox.ShopLoad;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** One policy from a fresh cluster to its figures; everything is measured by the bench itself. */
final class Round {
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration COUNTED = Duration.ofSeconds(15);
    private static final String ONCE = "SELECT count(*) FROM public.orders WHERE id <= ? AND touched = 1";

    private final CompareOptions options;
    private final PolicyKind kind;
    private final Scene scene;

    private Round(CompareOptions options, PolicyKind kind, Scene scene) {
        this.options = options;
        this.kind = kind;
        this.scene = scene;
    }

    static Outcome of(CompareOptions options, PolicyKind kind, Stage stage) throws InterruptedException {
        Scene scene = stage.set();
        try (Cluster cluster = scene.cluster();
                Sampler sampler = Sampler.start(cluster, Scene.STANDBY)) {
            return Outcome.of(kind, new Round(options, kind, scene).measure(sampler));
        } catch (SandboxFailed | SQLException | IOException e) {
            return Outcome.failed(kind, String.valueOf(e.getMessage()));
        }
    }

    /** What is taken while it goes on. */
    private record Course(
            TableFacts before, long started, long ended, LoadReport alone, LoadReport load, int checkpoints) {}

    private Outcome.Figures measure(Sampler sampler) throws SQLException, IOException, InterruptedException {
        Course course;
        try (ShopLoad load = ShopLoad.start(scene.login(), LoadSettings.of(options.load()))) {
            Thread.sleep(WARM_UP.toMillis());
            LoadReport alone = alone(load);
            checkpoint();
            course = course(load, alone);
            awaitReplayed(sampler, course.ended());
        }
        awaitCounted(course.before());
        return figures(course, sampler.trace());
    }

    /** Just after a checkpoint, as the policy's turn will be. */
    private LoadReport alone(ShopLoad load) throws InterruptedException {
        checkpoint();
        load.startOver();
        Thread.sleep(Duration.ofSeconds(options.alone()).toMillis());
        return load.startOver();
    }

    private Course course(ShopLoad load, LoadReport alone) throws SQLException, IOException, InterruptedException {
        Policy policy = kind.policy();
        TableFacts before = TableFacts.read(scene.login());
        load.startOver();
        long started = Sampler.now();
        try (Checkpoints checkpoints = Checkpoints.over(
                () -> policy.share(scene),
                options.checkpoints(),
                scene.cluster().primary().superuser())) {
            policy.carryOut(scene);
            long ended = Sampler.now();
            LoadReport during = load.startOver();
            return new Course(before, started, ended, alone, during, checkpoints.done());
        }
    }

    private void awaitReplayed(Sampler sampler, long ended) {
        Await.until(
                "the WAL's end is seen",
                SOON,
                () -> sampler.trace().writtenAt(ended).isPresent());
        long end = sampler.trace().writtenAt(ended).orElseThrow();
        long behind = end - last(sampler.trace()).replayed();
        double needed = behind / (double) options.link().bytesPerSecond().orElse(Long.MAX_VALUE);
        Duration patience = Duration.ofSeconds(60 + Math.round(2 * needed));
        Await.until(
                "the standby has caught up",
                patience,
                () -> last(sampler.trace()).replayed() >= end);
    }

    private static Sample last(LagTrace trace) {
        return trace.samples().get(trace.samples().size() - 1);
    }

    /** Sessions report their updates a little after they have made them. */
    private void awaitCounted(TableFacts before) {
        try {
            Await.until(
                    "the updates are counted",
                    COUNTED,
                    () -> TableFacts.read(scene.login()).updates() - before.updates() >= scene.rows());
        } catch (SandboxFailed fewer) {
            // Rows that were not done are counted below, one by one.
        }
    }

    private Outcome.Figures figures(Course course, LagTrace trace) {
        Commits commits = Commits.read(scene.login());
        long first = commits.first().map(Sampler::micros).orElse(course.ended());
        long done = commits.last().map(Sampler::micros).orElse(course.ended());
        long end = trace.writtenAt(done).orElseThrow();
        long wal = end - trace.writtenAt(course.started()).orElseThrow();
        long caughtUp = trace.replayed(end, done).orElseThrow();
        Outcome.Times times = new Outcome.Times(
                seconds(course, first),
                seconds(course, done),
                seconds(course, course.ended()),
                seconds(course, caughtUp));
        OptionalLong rate = options.link().bytesPerSecond();
        TableFacts after = TableFacts.read(scene.login());
        return new Outcome.Figures(
                scene.rows(),
                scene.login().number(ONCE, scene.rows()),
                times,
                wal,
                rate.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(times.caughtUp() * rate.getAsLong() / Math.max(1, wal)),
                after.growthSince(course.before()),
                after.indexGrowthSince(course.before()),
                after.hotSince(course.before()),
                lag(trace.between(course.started(), caughtUp)),
                course.alone(),
                course.load(),
                commits.all().size(),
                commits.turnsPerMinute(),
                course.checkpoints());
    }

    private static Outcome.LagFigures lag(List<LagTrace.Lag> lags) {
        return new Outcome.LagFigures(
                Spread.of(lags.stream().mapToDouble(LagTrace.Lag::seconds)),
                Spread.of(lags.stream().mapToDouble(LagTrace.Lag::bytes)),
                Budget.USUAL.shareOver(lags));
    }

    private static double seconds(Course course, long micros) {
        return (micros - course.started()) / 1e6;
    }

    private void checkpoint() {
        scene.cluster().primary().superuser().execute("CHECKPOINT");
    }
}
