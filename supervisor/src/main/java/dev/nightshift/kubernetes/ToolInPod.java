package dev.nightshift.kubernetes;

import dev.nightshift.plan.KubernetesSettings.Limits;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Trouble;
import dev.nightshift.worker.Tools;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One start of a tool as a Job, followed on a thread of its own: an API server that is away keeps nobody from watching the
 * tool's sessions, and nothing is concluded meanwhile.
 */
final class ToolInPod implements Tools.Running {

    private static final long LOOK_MILLIS = 500;

    /** As a shell says it of what it cannot start. */
    private static final int NOT_STARTED = 126;

    /** Somebody waits to leave; what is not seen gone by then has no session any more and is removed by whoever comes. */
    private static final Duration GOODBYE = Duration.ofSeconds(10);

    private enum Wish {
        RUN,
        TERMINATE,
        KILL
    }

    private final ToolJobs jobs;
    private final Job job;
    private final String name;
    private final Limits limits;
    private final PodLog log;
    private final long begun = System.nanoTime();
    private final CompletableFuture<Tools.Ended> end = new CompletableFuture<>();
    private volatile Wish wish = Wish.RUN;
    private volatile Set<Tools.Peer> connections = Set.of();
    private volatile boolean over;
    private boolean tried;
    private boolean made;
    private boolean ran;
    private Wish carriedOut = Wish.RUN;
    private long troubledSince = -1;

    private ToolInPod(ToolJobs jobs, Job job, Limits limits, Consumer<String> lines) {
        this.jobs = jobs;
        this.job = job;
        this.name = job.getMetadata().getName();
        this.limits = limits;
        this.log = new PodLog(lines);
    }

    static ToolInPod start(ToolJobs jobs, Job job, Limits limits, Consumer<String> lines) {
        ToolInPod tool = new ToolInPod(jobs, job, limits, lines);
        Thread thread = new Thread(tool::follow, "nightshift-tool-job");
        thread.setDaemon(true);
        thread.start();
        return tool;
    }

    private void follow() {
        while (!over && !end.isDone()) {
            try {
                look();
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } catch (KubernetesClientException e) {
                refused(e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Away: what it does it goes on doing, and the next look finds out. */
    private void refused(KubernetesClientException failure) {
        Trouble trouble = ClusterFailures.of("starting Job " + name, failure);
        if (!made && trouble instanceof Permanent) {
            notStarted(trouble.explanation().what());
            return;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            over = true;
        }
    }

    private void look() {
        if (!made) {
            if (wish != Wish.RUN && !tried) {
                notStarted("it was stopped before");
                return;
            }
            tried = true;
            jobs.make(job);
            made = true;
        }
        Wish wanted = wish;
        if (wanted != carriedOut) {
            carryOut(wanted);
            carriedOut = wanted;
        }
        judge(jobs.read(name), jobs.pods(name));
    }

    private void carryOut(Wish wanted) {
        if (wanted == Wish.KILL) {
            jobs.kill(name);
        } else {
            jobs.delete(name);
        }
    }

    private void judge(Optional<Job> now, List<PodReading> pods) {
        if (pods.isEmpty()) {
            if (now.filter(found -> !JobReading.hasEnded(found)).isEmpty()) {
                end.complete(Tools.Ended.unseen("its pod is gone, and its exit status with it"));
            } else {
                waits(Optional.empty());
            }
            return;
        }
        PodReading pod = pods.get(pods.size() - 1);
        connections = pod.address().map(Tools.Peer::anyOf).map(Set::of).orElse(Set.of());
        if (pod.hasBegun()) {
            ran = true;
            log.read(since -> jobs.log(pod.name(), since));
        }
        if (pod.hasEnded()) {
            end.complete(ended(pod));
        } else if (!ran) {
            waits(pod.cannotBegin().or(pod::unschedulable));
        }
    }

    /** A pod that the cluster or somebody else told to end may say 0 and have done half of it. */
    private Tools.Ended ended(PodReading pod) {
        Optional<Integer> code = pod.end().map(end -> end.getExitCode());
        boolean disturbed = pod.disruption().isPresent() || (pod.isDeleted() && wish == Wish.RUN);
        return code.isEmpty() || disturbed
                ? Tools.Ended.unseen(pod.endInWords())
                : new Tools.Ended(OptionalInt.of(code.get()), "");
    }

    private void waits(Optional<String> trouble) {
        long now = System.nanoTime();
        troubledSince = trouble.isEmpty() ? -1 : troubledSince < 0 ? now : troubledSince;
        boolean hopeless =
                (troubledSince >= 0 && now - troubledSince > limits.pull().toNanos())
                        || now - begun > limits.start().toNanos();
        if (hopeless) {
            jobs.kill(name);
            notStarted(trouble.orElse("it has no pod after " + limits.start().toSeconds() + " s"));
        }
    }

    private void notStarted(String why) {
        end.complete(new Tools.Ended(OptionalInt.of(NOT_STARTED), "did not begin: " + why));
    }

    @Override
    public Optional<Tools.Ended> end(Duration wait) {
        try {
            return Optional.of(end.get(wait.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Set<Tools.Peer> connections() {
        return connections;
    }

    @Override
    public void terminate() {
        if (wish == Wish.RUN) {
            wish = Wish.TERMINATE;
        }
    }

    @Override
    public void kill() {
        wish = Wish.KILL;
    }

    /** A Job that has ended stays to be looked at, until the sweep. */
    @Override
    public void close() {
        if (!end.isDone()) {
            kill();
            Optional<Tools.Ended> ignored = end(GOODBYE);
        }
        over = true;
    }
}
