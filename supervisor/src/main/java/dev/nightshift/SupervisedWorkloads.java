package dev.nightshift;

import dev.nightshift.drive.Stopped;
import dev.nightshift.drive.Workloads;
import dev.nightshift.kubernetes.Cluster;
import dev.nightshift.kubernetes.ClusterWorkloads;
import dev.nightshift.plan.BringBack;
import dev.nightshift.plan.TakeDown;
import dev.nightshift.run.RunId;
import dev.nightshift.run.StepReply;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The workloads of one run; nothing of the Kubernetes client is loaded before something is to be stopped or brought back. */
final class SupervisedWorkloads implements Workloads {

    private final Site site;
    private final Tenure tenure;
    private @Nullable Reached reached;

    private record Reached(Cluster cluster, Workloads workloads) {}

    SupervisedWorkloads(Site site, Tenure tenure) {
        this.site = site;
        this.tenure = tenure;
    }

    private Workloads there() {
        Reached open = reached;
        if (open == null) {
            Cluster cluster = Cluster.configured(site.vertx);
            open = new Reached(cluster, ClusterWorkloads.of(cluster, tenure.workloads()));
            reached = open;
        }
        return open.workloads();
    }

    @Override
    public Future<Left> stop(RunId run, int step, TakeDown what, List<Stopped> stopped) {
        return there().stop(run, step, what, stopped);
    }

    @Override
    public Future<Integer> terminate(TakeDown what) {
        return there().terminate(what);
    }

    @Override
    public Future<List<String>> upAgain(List<Stopped> stopped) {
        return there().upAgain(stopped);
    }

    @Override
    public Future<List<String>> bringBack(RunId run, List<Stopped> stopped) {
        return there().bringBack(run, stopped);
    }

    @Override
    public Future<List<String>> bringBack(RunId run, BringBack step, List<Stopped> stopped) {
        return there().bringBack(run, step, stopped);
    }

    @Override
    public Future<List<String>> notReady(BringBack step) {
        return there().notReady(step);
    }

    @Override
    public Future<Void> answer(RunId run, int step, StepReply reply) {
        return there().answer(run, step, reply);
    }

    /** Closes what was opened. */
    Future<Void> end() {
        Reached open = reached;
        reached = null;
        return open == null
                ? Future.succeededFuture()
                : site.vertx
                        .executeBlocking(() -> {
                            open.cluster().close();
                            return open;
                        })
                        .mapEmpty();
    }
}
