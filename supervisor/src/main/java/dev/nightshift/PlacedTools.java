package dev.nightshift;

import dev.nightshift.kubernetes.JobTools;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.ExternalStep;
import dev.nightshift.plan.KubernetesText;
import dev.nightshift.plan.ServeReader;
import dev.nightshift.postgres.Passwords;
import dev.nightshift.process.ChildTools;
import dev.nightshift.process.Mask;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunId;
import dev.nightshift.worker.Tools;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Tools where their plan puts them: beside the worker, or in a container of an image of their own. */
final class PlacedTools implements Tools {

    private final Tools here;
    private final Optional<Tools> cluster;
    private final Mask mask;

    private PlacedTools(Tools here, Optional<Tools> cluster, Mask mask) {
        this.here = here;
        this.cluster = cluster;
        this.mask = mask;
    }

    /** Of the worker of a run; only one that its supervisor started as a Job for such a plan can start images. */
    static PlacedTools of(DatabaseUrl url, RunId run, Map<String, String> environment) {
        Map<String, String> secrets = new HashMap<>(environment);
        Passwords.find(url, environment).ifPresent(password -> secrets.put("PGPASSWORD", password));
        return new PlacedTools(
                Adapters.tools(url, environment),
                Optional.ofNullable(environment.get(KubernetesText.VARIABLE))
                        .map(text -> cluster(url, run, text, environment)),
                Mask.of(secrets));
    }

    private static Tools cluster(DatabaseUrl url, RunId run, String text, Map<String, String> environment) {
        JobTools.Setting setting = new JobTools.Setting(
                ServeReader.readLauncher(KubernetesText.VARIABLE, text)
                        .settings()
                        .orElseThrow(() -> new Permanent(new Explanation(
                                "the variable " + KubernetesText.VARIABLE + " cannot be read",
                                "starting the worker of run " + run,
                                Explanation.NOTHING_CHANGED,
                                "use the same version of Nightshift for supervisor and worker"))),
                run,
                Optional.ofNullable(environment.get("NIGHTSHIFT_POD"))
                        .flatMap(name -> Optional.ofNullable(environment.get("NIGHTSHIFT_POD_UID"))
                                .map(uid -> new JobTools.OwnPod(name, uid))));
        return JobTools.of(setting, (step, session) -> ChildTools.told(url, step, session, JobTools.PASSWORD));
    }

    /** Why a plan's step with an image cannot be carried out where workers are child processes. */
    static Explanation needsCluster(ExternalStep step) {
        return new Explanation(
                "step " + step.name() + ": its image can only be started where workers are Jobs",
                "looking at " + step.tool(),
                Explanation.NOTHING_CHANGED,
                "say --launcher kubernetes, or leave `image` out and install the tool where the worker runs");
    }

    @Override
    public List<Explanation> problems(ExternalStep step) {
        if (step.tool().image().isEmpty()) {
            return here.problems(step);
        }
        return cluster.map(tools -> tools.problems(step)).orElseGet(() -> List.of(needsCluster(step)));
    }

    @Override
    public void endLeft(ExternalStep step) {
        of(step).endLeft(step);
    }

    @Override
    public Running start(ExternalStep step, String session, Consumer<String> lines) {
        return of(step).start(step, session, line -> lines.accept(mask.of(line)));
    }

    private Tools of(ExternalStep step) {
        return step.tool().image().isEmpty() ? here : cluster.orElseThrow(() -> new Permanent(needsCluster(step)));
    }
}
