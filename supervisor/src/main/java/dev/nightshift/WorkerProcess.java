package dev.nightshift;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.process.ChildLauncher;
import dev.nightshift.run.RunId;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a worker's process is started: this program again, with this JVM's options. */
record WorkerProcess(DatabaseUrl url) {

    static WorkerProcess of(DatabaseUrl url) {
        return new WorkerProcess(url);
    }

    /** Where a run's workers write what they cannot tell the journal; nobody needs it after a good end. */
    static Path output(RunId run) {
        return Path.of(System.getProperty("java.io.tmpdir"), "nightshift-" + run + "-worker.log");
    }

    ProcessBuilder command(RunId run) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X") || option.startsWith("--"))
                .forEach(line::add);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "worker", run.text()));
        ProcessBuilder builder = ChildLauncher.builder(output(run), line.toArray(String[]::new));
        builder.environment().put("NIGHTSHIFT_DATABASE", url.toString());
        return builder;
    }
}
