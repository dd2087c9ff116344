package dev.nightshift.bench.footprint;

import dev.nightshift.bench.measure.Spread;
import dev.nightshift.sandbox.Await;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.Login;
import dev.nightshift.sandbox.Program;
import dev.nightshift.sandbox.SandboxFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code nightshift serve} over databases without a run. */
record Idle(Cluster cluster, Path directory) {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration SETTLE = Duration.ofSeconds(15);
    private static final long LOOK_MILLIS = 200;

    private static final String CONNECTIONS =
            "SELECT count(*) FROM pg_stat_activity WHERE starts_with(application_name, 'nightshift/')";
    private static final String REACHED = "SELECT count(DISTINCT datname) FROM pg_stat_activity"
            + " WHERE starts_with(application_name, 'nightshift/')";

    /**
     * What it cost.
     *
     * @param cpu of one core
     * @param looks seconds from one look at a database to the next
     */
    record Seen(int databases, long resident, double cpu, double connections, Spread looks) {}

    Seen measure(int databases, int seconds) throws IOException, InterruptedException {
        Path output = directory.resolve("serve.out");
        Process serve = program().start(output, "serve", settings(databases).toString());
        try {
            Await.until("every database is looked at", PATIENCE, () -> {
                if (!serve.isAlive()) {
                    throw new SandboxFailed("nightshift serve has ended: " + Files.readString(output));
                }
                return superuser().number(REACHED) == databases;
            });
            Thread.sleep(SETTLE.toMillis());
            return watch(serve.toHandle(), databases, seconds);
        } finally {
            serve.destroy();
            if (!serve.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                serve.destroyForcibly();
            }
        }
    }

    private Seen watch(ProcessHandle serve, int databases, int seconds) throws InterruptedException {
        Looks looks = new Looks();
        long begun = System.nanoTime();
        Duration cpu = Proc.cpu(serve);
        long resident = 0;
        while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(seconds)) {
            looks.see(superuser());
            resident = Math.max(resident, Proc.resident(serve));
            Thread.sleep(LOOK_MILLIS);
        }
        double passed = (System.nanoTime() - begun) / 1e9;
        double used = Proc.cpu(serve).minus(cpu).toNanos() / 1e9;
        double connections = superuser().number(CONNECTIONS) / (double) databases;
        return new Seen(databases, resident, used / passed, connections, looks.gaps());
    }

    private Path settings(int databases) throws IOException {
        StringBuilder text = new StringBuilder("databases:\n");
        for (int i = 1; i <= databases; i++) {
            String name = "idle" + i;
            if (!superuser().truth("SELECT EXISTS (SELECT FROM pg_database WHERE datname = ?)", name)) {
                superuser().execute("CREATE DATABASE " + name + " OWNER migrator");
            }
            text.append("  - {url: \"").append(login().in(name).url()).append("\"}\n");
        }
        return Files.writeString(directory.resolve("serve.yaml"), text);
    }

    private Program program() {
        return new Program(Optional.empty(), login().password());
    }

    private Login login() {
        return cluster.primary().migrator();
    }

    private Login superuser() {
        return cluster.primary().superuser();
    }
}
