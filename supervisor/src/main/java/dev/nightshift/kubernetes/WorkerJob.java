package dev.nightshift.kubernetes;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.KubernetesSettings;
import dev.nightshift.run.RunId;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Jobs of one run: an attempt each, with a name of its own, so that one that was left over is in nobody's way. */
public final class WorkerJob {

    static final String CONTAINER = "worker";

    /** Those of {@code worker.Exit} but for 0; every other one is a crash. */
    private static final List<Integer> EXITS = List.of(2, 75, 143);

    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_ATTEMPT = 5;

    private final KubernetesSettings settings;
    private final RunId run;
    private final String plan;
    private final DatabaseUrl database;
    private final List<String> command;

    /** @param plan its name */
    public WorkerJob(KubernetesSettings settings, RunId run, String plan, DatabaseUrl database) {
        this(settings, run, plan, database, List.of());
    }

    /** @param command replaces the image's entry point; empty to keep it */
    WorkerJob(KubernetesSettings settings, RunId run, String plan, DatabaseUrl database, List<String> command) {
        this.settings = settings;
        this.run = run;
        this.plan = plan;
        this.database = database;
        this.command = List.copyOf(command);
    }

    KubernetesSettings settings() {
        return settings;
    }

    RunId run() {
        return run;
    }

    Job attempt(int number) {
        Map<String, String> labels = Map.of(
                Marks.NAME,
                Marks.US,
                Marks.MANAGED_BY,
                Marks.US,
                Marks.COMPONENT,
                Marks.WORKER,
                Marks.RUN,
                run.text(),
                Marks.PLAN,
                plan,
                Marks.DATABASE,
                Marks.value(database.database()),
                Marks.ATTEMPT,
                Integer.toString(number));
        return new HardenedJob(settings)
                .of(new HardenedJob.Task(
                        name(number),
                        CONTAINER,
                        settings.image(),
                        command,
                        List.of("worker", run.text()),
                        Map.of("NIGHTSHIFT_DATABASE", database.toString()),
                        labels,
                        EXITS));
    }

    String name(int number) {
        int room = LONGEST_NAME - "nightshift---".length() - run.text().length() - LONGEST_ATTEMPT;
        String shortened = plan.substring(0, Math.min(room, plan.length())).replaceAll("-+$", "");
        return "nightshift-" + shortened + "-" + run + "-" + number;
    }

    /** Which attempt a Job is; 0 for one that does not say so. */
    static int number(Job job) {
        return Optional.ofNullable(job.getMetadata().getLabels())
                .map(labels -> labels.get(Marks.ATTEMPT))
                .filter(text -> text.matches("[0-9]{1,8}"))
                .map(Integer::parseInt)
                .orElse(0);
    }
}
