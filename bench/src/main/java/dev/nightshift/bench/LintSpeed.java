package dev.nightshift.bench;

import dev.nightshift.bench.options.Options;
import dev.nightshift.sandbox.SandboxFailed;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How long {@code nightshift lint} takes as a user starts it, JVM included: one small file, 500 statements, and ten
 * megabytes of data as INSERT and as COPY; and how much memory that needs at most.
 */
final class LintSpeed {

    static final String USAGE = """
            Usage: nightshift bench lint
            Times nightshift lint with its JVM: one small file, 500 statements, and 10 MB of data three times.
            Exit codes: 0 every threshold holds, 1 one does not, 2 the command is not written correctly.
            """;

    private static final long MEGABYTE = 1L << 20;
    private static final long DATA_BYTES = 10 * MEGABYTE;
    private static final int STATEMENTS = 500;
    private static final int ROUNDS = 5;
    private static final int NOTHING_FOUND = 0;
    private static final int FOUND = 3;

    private static final String ONE_FILE = """
            SET lock_timeout = '2s';
            ALTER TABLE shop.orders ADD COLUMN total_cents bigint;
            ALTER TABLE shop.orders ADD CONSTRAINT filled CHECK (total_cents IS NOT NULL) NOT VALID;
            """;

    private final String launcher;
    private final Path directory;

    private LintSpeed(String launcher, Path directory) {
        this.launcher = launcher;
        this.directory = directory;
    }

    /** What is linted, how often, and what it may take. */
    private record Task(String name, Path file, int rounds, double seconds, long megabytes) {}

    /** @param cpu 0 where the system does not tell; a machine with other work shows more seconds, but no more of it */
    private record Taken(double seconds, double cpu, long bytes) {}

    static boolean run(String... words) throws IOException, InterruptedException {
        Options.parse(List.of(), words);
        String launcher = Optional.ofNullable(System.getProperty("nightshift.launcher"))
                .orElseThrow(() -> new SandboxFailed("start this with the launcher script: ./nightshift bench lint"));
        return new LintSpeed(launcher, Files.createTempDirectory("nightshift-bench-")).measure();
    }

    private boolean measure() throws IOException, InterruptedException {
        // The first call after a build archives the classes.
        Path one = Files.writeString(directory.resolve("one.sql"), ONE_FILE);
        lint(one);
        boolean held = true;
        for (Task task : List.of(
                new Task("one file, 3 statements", one, ROUNDS, 2, 1024),
                new Task("one file, " + STATEMENTS + " statements", statements(), ROUNDS, 5, 1024),
                new Task("10 MB of INSERT", inserts(), 1, 60, 1024),
                new Task("10 MB of INSERT in one statement", longInsert(), 1, 60, 1024),
                new Task("10 MB of COPY", copy(), 1, 60, 1024))) {
            held &= measure(task);
        }
        return held;
    }

    private boolean measure(Task task) throws IOException, InterruptedException {
        List<Taken> taken = new ArrayList<>();
        for (int round = 0; round < task.rounds; round++) {
            taken.add(lint(task.file));
        }
        double median = median(taken, Taken::seconds);
        long most = taken.stream().mapToLong(Taken::bytes).max().orElse(0) / MEGABYTE;
        boolean held = median <= task.seconds && most <= task.megabytes;
        System.out.printf(
                Locale.ROOT,
                "%-34s %6.2f s (at most %.0f), %.2f s of CPU, %d MB (at most %d)%s%n",
                task.name,
                median,
                task.seconds,
                median(taken, Taken::cpu),
                most,
                task.megabytes,
                held ? "" : "  TOO MUCH");
        return held;
    }

    private static double median(List<Taken> taken, ToDoubleFunction<Taken> what) {
        return taken.stream()
                .mapToDouble(what)
                .sorted()
                .skip(taken.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private Taken lint(Path file) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(launcher, "lint", file.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long most = 0;
        Duration cpu = Duration.ZERO;
        while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
            most = Math.max(most, highWater(process));
            cpu = process.info().totalCpuDuration().orElse(cpu);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        int exit = process.exitValue();
        if (exit != NOTHING_FOUND && exit != FOUND) {
            throw new SandboxFailed("nightshift lint " + file + " ended with " + exit);
        }
        return new Taken(seconds, cpu.toMillis() / 1e3, most);
    }

    /** Of its memory in use, as Linux counts it; 0 elsewhere. */
    private static long highWater(Process process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    /** Tables, indexes, changes of several kinds, joins and trigger functions, in turns. */
    private Path statements() throws IOException {
        List<String> forms = List.of(
                "CREATE TABLE shop.t%1$d (id bigint PRIMARY KEY, name text NOT NULL DEFAULT 'x', at timestamptz);",
                "CREATE INDEX CONCURRENTLY i%1$d ON shop.orders (lower(c%1$d), at DESC) WHERE at IS NOT NULL;",
                "ALTER TABLE shop.orders ADD COLUMN c%1$d text, ALTER COLUMN at SET DEFAULT now(), ADD CHECK (n > %1$d);",
                "UPDATE shop.orders o SET n = l.n FROM shop.lines l JOIN shop.t%1$d t ON t.id = l.id WHERE l.id = o.id;",
                "CREATE FUNCTION shop.f%1$d() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " IF NEW.n > %1$d THEN NEW.at := now(); END IF; RETURN NEW; END $$;");
        StringBuilder text = new StringBuilder("SET lock_timeout = '2s';\n");
        for (int i = 0; i < STATEMENTS; i++) {
            text.append(String.format(Locale.ROOT, forms.get(i % forms.size()), i))
                    .append('\n');
        }
        return Files.writeString(directory.resolve("statements.sql"), text);
    }

    private Path inserts() throws IOException {
        String form = "INSERT INTO shop.orders (id, name, amount) VALUES (%d, 'it''s order %d; of -- many', 12.50);\n";
        return data("inserts.sql", "", form, "");
    }

    private Path longInsert() throws IOException {
        return data("insert.sql", "INSERT INTO shop.orders VALUES (0, 'x', 0)", "\n, (%d, 'order %d', 12.50)", ";\n");
    }

    private Path copy() throws IOException {
        return data(
                "copy.sql", "COPY shop.orders (id, name, amount) FROM stdin;\n", "%d\torder; '%d\t12.50\n", "\\.\n");
    }

    private Path data(String name, String head, String form, String tail) throws IOException {
        Path file = directory.resolve(name);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(head);
            long written = 0;
            for (long row = 1; written < DATA_BYTES; row++) {
                String line = String.format(Locale.ROOT, form, row, row);
                out.write(line);
                written += line.length();
            }
            out.write(tail);
        }
        return file;
    }
}
