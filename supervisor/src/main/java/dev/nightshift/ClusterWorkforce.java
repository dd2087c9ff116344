package dev.nightshift;

import dev.nightshift.kubernetes.Cluster;
import dev.nightshift.kubernetes.JobEvents;
import dev.nightshift.kubernetes.JobLauncher;
import dev.nightshift.kubernetes.WorkerJob;
import dev.nightshift.plan.KubernetesSettings;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunRecord;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;

/** Jobs on Kubernetes; nothing of its client is loaded before the first run. */
final class ClusterWorkforce implements Workforce {

    private final Cluster cluster;
    private final KubernetesSettings settings;
    private final String reporter;

    private ClusterWorkforce(Cluster cluster, KubernetesSettings settings, String reporter) {
        this.cluster = cluster;
        this.settings = settings;
        this.reporter = reporter;
    }

    /** Where settings say so on Kubernetes, else here. */
    static Workforce of(Vertx vertx, Optional<KubernetesSettings> settings, Map<String, String> environment) {
        return settings.<Workforce>map(found -> new ClusterWorkforce(
                        Cluster.configured(vertx), found, environment.getOrDefault("HOSTNAME", "nightshift")))
                .orElseGet(Workforce::here);
    }

    @Override
    public boolean startsImages() {
        return true;
    }

    @Override
    public Crew of(Site site, RunRecord run, Plan plan) {
        WorkerJob job = new WorkerJob(settings, run.id(), run.planName(), site.url, plan.needsImages());
        JobLauncher launcher = new JobLauncher(site.vertx, cluster, job);
        return new Crew(launcher, Optional.of(new JobEvents(cluster, launcher, reporter)));
    }
}
