package dev.nightshift.bench.api;

import dev.nightshift.bench.report.Table;
import dev.nightshift.bench.report.Threshold;
import dev.nightshift.sandbox.Await;
import dev.nightshift.sandbox.SandboxFailed;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The program behind {@code nightshift bench api}. */
public final class ApiLoad {

    public static final String USAGE = """
            Usage: nightshift bench api [OPTIONS]
            Asks the API of `serve` so many times a second, first while it has nothing to do, then beside a run that it
            supervises and clients that listen to its events. Requests leave when they are due, whether those before have
            been answered or not, and are timed from then. They are reads in fixed shares: what pages, commands and
            dashboards ask. Load generator, server, PostgreSQL and its standby share this machine.

              --rate N            requests a second (default: 1000)
              --seconds N         for how long beside the run; a third of it before (default: 60)
              --streams N         clients that listen (default: 200)
              --connections N     of the load generator (default: 64)
              --rows N            of the run's table (default: 1000000)
              --link RATE         between primary and standby, which sets the run's pace (default: 80Mbit)

            Exit codes: 0 every threshold holds, 1 one does not or the measurement failed, 2 the command is not written
            correctly.
            """;

    private static final int WARM_UP_SECONDS = 10;
    private static final Duration TOLD = Duration.ofSeconds(10);
    private static final double LATEST = 1.5;
    private static final long SEED = 20_260_302;

    private final ApiOptions options;
    private final PrintStream out;

    private ApiLoad(ApiOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Whether every threshold holds. */
    public static boolean run(String... words) throws IOException, InterruptedException {
        return new ApiLoad(ApiOptions.parse(words), System.out).measure();
    }

    /** @param server and generator shares of a core */
    private record Course(OpenLoop.Seen seen, double server, double generator) {}

    private boolean measure() throws IOException, InterruptedException {
        say(
                "%d requests a second over %d connections, %d cores for everything",
                options.rate(), options.connections(), Runtime.getRuntime().availableProcessors());
        try (Scene scene = Scene.set(options)) {
            course(scene, WARM_UP_SECONDS);
            Course idle = course(scene, Math.max(1, options.seconds() / 3));
            scene.beginRun();
            long newest = scene.newestEvent();
            try (Ears ears = Ears.open(scene.target(), options.streams(), newest);
                    Punctuality watch = Punctuality.watch(scene.metricsPort(), scene.login())) {
                Course beside = course(scene, options.seconds());
                if (!scene.works()) {
                    throw new SandboxFailed("the run came to its end or was held: it needs more --rows");
                }
                table(idle, beside);
                return holds(idle, beside, told(scene, ears, newest), watch);
            }
        }
    }

    private Course course(Scene scene, int seconds) throws InterruptedException {
        Duration server = cpu(scene.serve());
        Duration generator = cpu(ProcessHandle.current());
        OpenLoop.Seen seen = OpenLoop.run(scene.target(), options, seconds, SEED + seconds);
        return new Course(
                seen,
                cpu(scene.serve()).minus(server).toNanos() / 1e9 / seen.seconds(),
                cpu(ProcessHandle.current()).minus(generator).toNanos() / 1e9 / seen.seconds());
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** How many of the clients were told everything once. */
    private long told(Scene scene, Ears ears, long after) {
        try {
            Await.until(
                    "every client was told everything",
                    TOLD,
                    () -> ears.heardOnce(scene.eventsAfter(after)) == options.streams());
        } catch (SandboxFailed late) {
            return ears.heardOnce(scene.eventsAfter(after));
        }
        return options.streams();
    }

    private void table(Course idle, Course beside) {
        List<List<String>> rows = List.of(row("idle server", idle), row("beside a run", beside));
        out.print(new Table(
                        List.of(
                                "ms from the instant due",
                                "requests",
                                "p50",
                                "p90",
                                "p99",
                                "p99.9",
                                "max",
                                "server",
                                "generator"),
                        rows)
                .text());
    }

    private static List<String> row(String name, Course course) {
        List<String> cells =
                new ArrayList<>(List.of(name, "%,d".formatted(course.seen().requests())));
        for (double quantile : new double[] {0.5, 0.9, 0.99, 0.999, 1}) {
            cells.add(String.format(Locale.ROOT, "%.1f", course.seen().millis(quantile)));
        }
        cells.add(String.format(Locale.ROOT, "%.2f cores", course.server()));
        cells.add(String.format(Locale.ROOT, "%.2f cores", course.generator()));
        return cells;
    }

    private boolean holds(Course idle, Course beside, long told, Punctuality watch) {
        int errors = idle.seen().errors() + beside.seen().errors();
        if (errors > 0) {
            say("one of the errors: %s%s", idle.seen().error(), beside.seen().error());
        }
        List<Threshold> all = List.of(
                Threshold.atMost("requests that failed", 0, errors, ""),
                Threshold.atLeast("streams that were told every event once", options.streams(), (double) told, ""),
                Threshold.atMost("latest that a tick began beside the load", LATEST, watch.latest(), " s"),
                Threshold.atMost("longest time from one judgement to the next", LATEST, watch.longest(), " s"));
        all.forEach(threshold -> say("%s", threshold.line()));
        return all.stream().allMatch(Threshold::holds);
    }

    private void say(String form, Object... values) {
        out.printf(Locale.ROOT, form + "%n", values);
    }
}
