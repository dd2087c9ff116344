package dev.nightshift.kubernetes;

import dev.nightshift.plan.ExternalStep;
import dev.nightshift.plan.KubernetesSettings;
import dev.nightshift.run.RunId;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The Job of one start of a tool of somebody else, in a container of the user's own image. */
final class ToolJob {

    /** In a variable's value: what the kubelet puts the password in for. */
    static final String PASSWORD = "$(PGPASSWORD)";

    private static final String CONTAINER = "tool";
    private static final int LONGEST_STEP = 20;

    private final KubernetesSettings settings;
    private final RunId run;
    private final Optional<OwnerReference> owner;

    ToolJob(KubernetesSettings settings, RunId run, Optional<OwnerReference> owner) {
        this.settings = settings;
        this.run = run;
        this.owner = owner;
    }

    KubernetesSettings settings() {
        return settings;
    }

    RunId run() {
        return run;
    }

    /**
     * A Job that nobody has made yet.
     *
     * @param start tells one start from another
     * @param variables nothing secret; {@link #PASSWORD} stands for what is
     */
    Job of(ExternalStep step, String start, Map<String, String> variables) {
        String name = name(step, start);
        Map<String, String> labels = Marks.all(Marks.toolsOf(run), Map.of(Marks.START, name));
        return new HardenedJob(settings)
                .of(new HardenedJob.Task(
                        name,
                        new HardenedJob.Program(
                                CONTAINER,
                                step.tool().image().orElseThrow(),
                                step.tool().words().stream()
                                        .map(ToolJob::literally)
                                        .toList(),
                                List.of(),
                                environment(step, variables),
                                step.tool().place().directory()),
                        labels,
                        new HardenedJob.Conduct(
                                false,
                                List.of(),
                                false,
                                settings.limits()
                                        .start()
                                        .plus(step.limits().timeout())
                                        .plus(HardenedJob.BEHIND_OURS),
                                owner)));
    }

    private String name(ExternalStep step, String start) {
        String plain = step.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String cut = plain.substring(0, Math.min(LONGEST_STEP, plain.length())).replaceAll("^-+|-+$", "");
        return "nightshift-" + run + "-" + cut + "-" + start;
    }

    private List<EnvVar> environment(ExternalStep step, Map<String, String> variables) {
        List<EnvVar> all = new ArrayList<>();
        settings.secrets()
                .password()
                .ifPresent(password -> all.add(new EnvVarBuilder()
                        .withName("PGPASSWORD")
                        .withNewValueFrom()
                        .withNewSecretKeyRef(password.key(), password.secret(), false)
                        .endValueFrom()
                        .build()));
        all.add(new EnvVar("HOME", "/tmp", null));
        Optional<String> url = step.tool().url();
        variables.forEach((name, value) ->
                all.add(new EnvVar(name, url.filter(name::equals).isPresent() ? value : literally(value), null)));
        return all;
    }

    /** The kubelet reads {@code $(NAME)} as a variable; a plan means what it says. */
    private static String literally(String text) {
        return text.replace("$(", "$$(");
    }
}
