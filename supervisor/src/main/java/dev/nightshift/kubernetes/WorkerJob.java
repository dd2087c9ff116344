package dev.nightshift.kubernetes;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.KubernetesSettings;
import dev.nightshift.plan.KubernetesText;
import dev.nightshift.run.RunId;
import io.fabric8.kubernetes.api.model.EnvVar;
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
    private final boolean startsTools;

    /**
     * Puts it together.
     *
     * @param plan its name
     * @param startsTools whether it starts Jobs itself, for tools that have an image of their own
     */
    public WorkerJob(KubernetesSettings settings, RunId run, String plan, DatabaseUrl database, boolean startsTools) {
        this(settings, run, plan, database, startsTools, List.of());
    }

    /** @param command replaces the image's entry point; empty to keep it */
    WorkerJob(
            KubernetesSettings settings,
            RunId run,
            String plan,
            DatabaseUrl database,
            boolean startsTools,
            List<String> command) {
        this.startsTools = startsTools;
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
        Map<String, String> labels = Marks.all(
                Marks.workersOf(run),
                Map.of(
                        Marks.PLAN,
                        plan,
                        Marks.DATABASE,
                        Marks.value(database.database()),
                        Marks.ATTEMPT,
                        Integer.toString(number)));
        return new HardenedJob(settings)
                .of(new HardenedJob.Task(
                        name(number),
                        new HardenedJob.Program(
                                CONTAINER,
                                settings.image(),
                                command,
                                List.of("worker", run.text()),
                                environment(),
                                Optional.empty()),
                        labels,
                        new HardenedJob.Conduct(
                                true,
                                EXITS,
                                startsTools,
                                settings.limits().deadline().plus(HardenedJob.BEHIND_OURS),
                                Optional.empty())));
    }

    private List<EnvVar> environment() {
        EnvVar url = new EnvVar("NIGHTSHIFT_DATABASE", database.toString(), null);
        return startsTools
                ? List.of(url, new EnvVar(KubernetesText.VARIABLE, KubernetesText.of(settings), null))
                : List.of(url);
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
