package dev.nightshift;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.process.ChildLauncher;
import dev.nightshift.run.RunId;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a process for one database is started: this program again, with this JVM's options except for its heap's size. */
record ChildProcess(DatabaseUrl url) {

    static ChildProcess of(Site site) {
        return new ChildProcess(site.url);
    }

    /** Where a run's workers write what they cannot tell the journal; nobody needs it after a good end. */
    static Path output(RunId run) {
        return Path.of(System.getProperty("java.io.tmpdir"), "nightshift-" + run + "-worker.log");
    }

    ProcessBuilder worker(RunId run) {
        return named(ChildLauncher.builder(output(run), line("worker", run.text())));
    }

    /** Reads the SQL of the run's plan and ends; what it says is on its standard output. */
    ProcessBuilder sqlReader(RunId run) {
        return named(new ProcessBuilder(line("read-sql", run.text())));
    }

    /** Reads a plan from its standard input, submits it and ends; what it says is on its standard output. */
    ProcessBuilder planTaker(int priority, Optional<String> again, String by, String from) {
        List<String> words =
                new ArrayList<>(List.of("take-plan", "--priority=" + priority, "--by=" + by, "--from=" + from));
        again.ifPresent(why -> words.add("--again=" + why));
        return named(new ProcessBuilder(line(words.toArray(String[]::new))));
    }

    private ProcessBuilder named(ProcessBuilder builder) {
        builder.environment().put("NIGHTSHIFT_DATABASE", url.toString());
        return builder;
    }

    private static String[] line(String... words) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X") || option.startsWith("--"))
                .filter(option -> !option.startsWith("-Xmx"))
                .forEach(line::add);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        line.addAll(List.of(words));
        return line.toArray(String[]::new);
    }
}
