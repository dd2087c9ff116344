package dev.nightshift.kubernetes;

import dev.nightshift.drive.Event;
import dev.nightshift.drive.Stopped;
import dev.nightshift.drive.WorkloadRecords;
import dev.nightshift.drive.Workloads;
import dev.nightshift.kubernetes.Replicas.Seen;
import dev.nightshift.plan.BringBack;
import dev.nightshift.plan.TakeDown;
import dev.nightshift.plan.WorkloadsStep.Workload;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.StepReply;
import dev.nightshift.run.Transient;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Stops Deployments and StatefulSets and brings them back. The journal knows each before it is touched, and each write to
 * the API server holds only if nobody has changed the workload since it was read.
 */
public final class ClusterWorkloads implements Workloads {

    private static final String DOING = "stopping an application";
    private static final String BACK = "bringing an application back";

    /** An API server carries a request for a minute at most. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(65);

    /** Well within what is left of a lease that was held when the row was written. */
    private static final long FRESH = Duration.ofSeconds(4).toNanos();

    private final Cluster cluster;
    private final WorkloadRecords records;
    private final Duration underWay;
    private final LongSupplier nanos;

    /** @param underWay how long a write whose answer did not come may still go through */
    ClusterWorkloads(Cluster cluster, WorkloadRecords records, Duration underWay, LongSupplier nanos) {
        this.cluster = cluster;
        this.records = records;
        this.underWay = underWay;
        this.nanos = nanos;
    }

    public static ClusterWorkloads of(Cluster cluster, WorkloadRecords records) {
        return new ClusterWorkloads(cluster, records, UNDER_WAY, System::nanoTime);
    }

    @Override
    public Future<Left> stop(RunId run, int step, TakeDown what, List<Stopped> stopped) {
        Future<Void> all = Future.succeededFuture();
        for (Workload workload : what.stop()) {
            Optional<Stopped> before = stopped.stream()
                    .filter(one -> one.workload().equals(workload))
                    .findFirst();
            if (before.filter(Stopped::confirmed).isEmpty()) {
                all = all.compose(v -> stopOne(run, step, what, workload));
            }
        }
        return all.compose(v -> left(what));
    }

    private Future<Void> stopOne(RunId run, int step, TakeDown what, Workload workload) {
        return read(DOING, what.namespace(), workload).compose(found -> {
            if (found.isEmpty()) {
                return Future.failedFuture(missing(what, workload));
            }
            Seen seen = found.get();
            Stopped one = new Stopped(
                    step,
                    what.namespace(),
                    workload,
                    seen.replicas(),
                    Map.of(),
                    what.keepDown(),
                    false,
                    Duration.ZERO,
                    Optional.empty());
            long asked = nanos.getAsLong();
            return records.asks(run, one)
                    .compose(v -> seen.replicas() == 0 ? Future.succeededFuture(true) : toZero(one, seen, asked))
                    .compose(done -> done ? confirmed(run, one) : Future.failedFuture(changed(one)))
                    .compose(v -> tell(run, one, seen));
        });
    }

    /** A process that stood still in between may have lost the run meanwhile: the row has to be young. */
    private Future<Boolean> toZero(Stopped one, Seen seen, long asked) {
        return cluster.ask(
                "stopping " + one.where(),
                client -> nanos.getAsLong() - asked <= FRESH
                        && new Replicas(client, one.namespace()).scale(one.workload(), seen, 0));
    }

    /** Where the lease was lost on the way, and whoever has it now has brought the workload back, it is not left down. */
    private Future<Void> confirmed(RunId run, Stopped one) {
        return records.confirmed(run, one).compose(mine -> {
            if (mine) {
                return Future.succeededFuture();
            }
            return records.isBack(run, one)
                    .compose(back -> back
                            ? cluster.ask(BACK, client -> brought(client, one)).<Void>mapEmpty()
                            : Future.<Void>succeededFuture())
                    .compose(v -> Future.failedFuture(changed(one)));
        });
    }

    private Future<Void> tell(RunId run, Stopped one, Seen seen) {
        String text =
                seen.replicas() == 0 ? "has no replicas already" : "stopped, it had " + seen.replicas() + " replicas";
        return cluster.ask(
                        "looking who else sets the replicas of " + one.where(),
                        client -> new OtherHands(client, one.namespace()).of(one.workload(), seen))
                .otherwise(List.of())
                .compose(hands -> {
                    Future<Void> all = note(run, one, text);
                    for (OtherHands.Hand hand : hands) {
                        all = all.compose(v -> note(run, one, hand.who()));
                    }
                    return all;
                });
    }

    private Future<Left> left(TakeDown what) {
        return cluster.ask("waiting until pods are gone", client -> pods(client, what))
                .compose(pods -> pods.isEmpty()
                        ? records.sessions(what.sessions()).map(sessions -> new Left(pods, sessions))
                        : Future.succeededFuture(new Left(pods, List.of())));
    }

    private static List<String> pods(KubernetesClient client, TakeDown what) {
        Replicas replicas = new Replicas(client, what.namespace());
        List<String> pods = new ArrayList<>();
        for (Workload workload : what.stop()) {
            replicas.read(workload).ifPresent(seen -> {
                if (seen.replicas() > 0) {
                    throw startedAgain(what, up(workload, what.namespace(), seen));
                }
                pods.addAll(replicas.pods(seen));
            });
        }
        return pods;
    }

    @Override
    public Future<Integer> terminate(TakeDown what) {
        return records.terminate(what.sessions());
    }

    @Override
    public Future<List<String>> upAgain(List<Stopped> stopped) {
        return cluster.ask(
                "looking whether the application is still down",
                client -> stopped.stream()
                        .flatMap(one -> new Replicas(client, one.namespace())
                                        .read(one.workload())
                                        .filter(seen -> seen.replicas() > 0)
                                        .map(seen -> up(one.workload(), one.namespace(), seen))
                                        .stream())
                        .toList());
    }

    @Override
    public Future<List<String>> bringBack(RunId run, List<Stopped> stopped) {
        return each(
                stopped,
                one -> one.images().isEmpty()
                        ? back(run, one, true)
                        : asBefore(one).compose(v -> back(run, one, true)));
    }

    /** The images that the run gave it belong to a work that did not come to its end. */
    private Future<Void> asBefore(Stopped one) {
        return cluster.ask("giving " + one.where() + " its images back", client -> {
                    Replicas replicas = new Replicas(client, one.namespace());
                    return replicas.read(one.workload())
                            .map(seen -> replicas.images(one.workload(), seen, one.images()))
                            .orElse(true);
                })
                .compose(done -> done ? Future.succeededFuture() : Future.failedFuture(changed(one)));
    }

    @Override
    public Future<List<String>> bringBack(RunId run, BringBack step, List<Stopped> stopped) {
        return each(stopped, one -> renewed(run, step, one).compose(v -> back(run, one, false)));
    }

    private Future<Void> renewed(RunId run, BringBack step, Stopped one) {
        Map<String, String> wanted = Images.of(step.images(), one.workload());
        if (wanted.isEmpty()) {
            return Future.succeededFuture();
        }
        return read(BACK, one.namespace(), one.workload()).compose(found -> {
            if (found.isEmpty()) {
                return Future.succeededFuture();
            }
            Map<String, String> images = Images.named(wanted, found.get(), one.where());
            return records.images(run, one, Images.before(images.keySet(), found.get()))
                    .compose(v -> cluster.ask(
                            "giving " + one.where() + " its new images",
                            client ->
                                    new Replicas(client, one.namespace()).images(one.workload(), found.get(), images)))
                    .compose(done -> done ? Future.succeededFuture() : Future.failedFuture(changed(one)));
        });
    }

    /** One after the other; what cannot be done without a person is written down, and keeps nothing else from being done. */
    private Future<List<String>> each(List<Stopped> stopped, Function<Stopped, Future<List<String>>> bring) {
        List<String> left = new ArrayList<>();
        Future<Void> all = Future.succeededFuture();
        for (Stopped one : stopped) {
            all = all.compose(v -> bring.apply(one)).onSuccess(left::addAll).mapEmpty();
        }
        return all.map(v -> left);
    }

    private Future<List<String>> back(RunId run, Stopped one, boolean reopens) {
        return cluster.ask("bringing back " + one.where(), client -> brought(client, one))
                .compose(outcome -> outcome.back()
                        ? records.back(run, one, reopens)
                                .compose(v -> note(run, one, outcome.words()))
                                .map(v -> List.<String>of())
                        : Future.succeededFuture(List.of(one.where() + ": " + outcome.words())))
                .recover(failure -> failure instanceof Permanent permanent && reopens
                        ? refused(run, one, permanent)
                        : Future.failedFuture(failure));
    }

    private Future<List<String>> refused(RunId run, Stopped one, Permanent failure) {
        String why = failure.explanation().what();
        String text = "CANNOT BE BROUGHT BACK: " + why + "; by hand: " + one.byHand();
        return records.refused(run, one, why)
                .compose(v -> one.refused().isPresent() ? Future.succeededFuture() : note(run, one, text))
                .map(v -> List.of());
    }

    private record Outcome(boolean back, String words) {}

    private Outcome brought(KubernetesClient client, Stopped one) {
        Replicas replicas = new Replicas(client, one.namespace());
        Optional<Seen> found = replicas.read(one.workload());
        if (found.isEmpty()) {
            return new Outcome(true, "was deleted by somebody; nothing is left to bring back");
        }
        Seen seen = found.get();
        if (seen.replicas() > 0) {
            // Who has set replicas meanwhile, by a deploy for instance, knows better than what was there before.
            boolean sure = one.confirmed() || one.age().compareTo(underWay) > 0;
            return sure
                    ? new Outcome(true, "is up with " + seen.replicas() + " replicas, as " + seen.setBy() + " has set")
                    : new Outcome(false, "it is up, but whether it was stopped is not known yet: no answer came");
        }
        if (one.replicas() == 0) {
            return new Outcome(true, "has no replicas, as it was found");
        }
        return replicas.scale(one.workload(), seen, one.replicas())
                ? new Outcome(true, "is back with " + one.replicas() + " replicas")
                : new Outcome(false, "somebody changes it right now");
    }

    @Override
    public Future<List<String>> notReady(BringBack step) {
        return cluster.ask("waiting until the application is ready", client -> {
            Replicas replicas = new Replicas(client, step.taken().namespace());
            List<String> left = new ArrayList<>();
            for (Workload workload : step.taken().stop()) {
                replicas.read(workload)
                        .filter(seen -> seen.ready() < seen.replicas())
                        .ifPresent(seen -> left.add(
                                workload + " has " + seen.ready() + " of " + seen.replicas() + " replicas ready"));
            }
            return left;
        });
    }

    @Override
    public Future<Void> answer(RunId run, int step, StepReply answer) {
        return records.answer(run, step, answer);
    }

    private Future<Optional<Seen>> read(String doing, String namespace, Workload workload) {
        return cluster.ask(doing + ": " + workload, client -> new Replicas(client, namespace).read(workload));
    }

    private Future<Void> note(RunId run, Stopped one, String text) {
        return records.note(run, new Event("downtime", one.workload().toString(), text));
    }

    private static String up(Workload workload, String namespace, Seen seen) {
        return workload + " in namespace " + namespace + " has " + seen.replicas() + " replicas, set by "
                + seen.setBy();
    }

    private static Permanent startedAgain(TakeDown what, String up) {
        return new Permanent(new Explanation(
                "it was started again while it is being stopped: " + up,
                "waiting until the application is gone, step " + what.name(),
                "no step after this one was begun",
                "keep whatever starts it from doing so for the time of the run (Argo CD: argocd app set APP"
                        + " --self-heal=false), then nightshift retry; see docs/workloads.md"));
    }

    private static Permanent missing(TakeDown what, Workload workload) {
        return new Permanent(new Explanation(
                "there is no " + workload + " in namespace " + what.namespace(),
                DOING + ", step " + what.name(),
                "no step after this one was begun",
                "correct the plan and submit it again"));
    }

    private static Transient changed(Stopped one) {
        return new Transient(new Explanation(
                one.where() + " was changed by somebody between two looks",
                "changing it for the run",
                "it is as somebody else has set it",
                "nothing: it is looked at again"));
    }
}
