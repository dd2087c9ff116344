package dev.nightshift.drive;

import dev.nightshift.guards.guard.ReplicaSet;
import dev.nightshift.guards.preflight.PreflightReport;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Holder;
import dev.nightshift.run.RunEvent;
import dev.nightshift.run.RunId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Preflight as the driver sees it: the checks, and the pinning of the replicas to the first samples. */
final class Preparation {

    /** A walsender that has just connected tells its positions with its first reply, a second or two later. */
    private static final int SAMPLES = 3;

    private static final int TRIES_TO_PIN = 5;

    private final RunId run;
    private final Plan plan;
    private final Ports ports;
    private final GuardWatch guards;
    private final Consumer<RunEvent> answers;
    private final List<Sample> samples = new ArrayList<>();
    private final Set<String> remarked = new HashSet<>();
    private boolean wanted;
    private int tries;
    private @Nullable Future<PreflightReport> looking;

    Preparation(RunId run, Plan plan, Ports ports, GuardWatch guards, Consumer<RunEvent> answers) {
        this.run = run;
        this.plan = plan;
        this.ports = ports;
        this.guards = guards;
        this.answers = answers;
    }

    void want() {
        wanted = true;
        looking = null;
        tries = 0;
        remarked.clear();
    }

    void saw(Sample sample) {
        if (wanted) {
            samples.add(sample);
            if (samples.size() > SAMPLES) {
                samples.remove(0);
            }
        }
    }

    /** A look may take longer than the lease lasts, so the ticks go on beside it. */
    Future<Void> goOn() {
        if (!wanted || samples.isEmpty()) {
            return Future.succeededFuture();
        }
        Future<PreflightReport> begun = looking;
        Future<PreflightReport> look = begun == null ? ports.preflight().look(plan) : begun;
        boolean answered = look.isComplete();
        looking = answered ? null : look;
        return answered ? look.compose(this::judged) : Future.succeededFuture();
    }

    private Future<Void> judged(PreflightReport report) {
        return remark(report).compose(v -> {
            if (report.refused()) {
                return answer(new RunEvent.PreflightFailed(PreflightWords.refusal(report)));
            }
            if (report.later().isPresent()) {
                return answer(new RunEvent.Held(
                        new Holder(Holder.Kind.WINDOW, "window", report.later().get())));
            }
            return ports.journal()
                    .pinned(run)
                    .compose(pinned -> pinned.filter(this::isOfThisServer)
                            .map(this::passed)
                            .orElseGet(this::pin));
        });
    }

    /** Each once, however often the checks are made until the replicas are pinned. */
    private Future<Void> remark(PreflightReport report) {
        Future<Void> all = Future.succeededFuture();
        for (Event remark : PreflightWords.remarks(report)) {
            if (remarked.add(remark.subject())) {
                all = all.compose(v -> ports.journal().note(run, remark));
            }
        }
        return all;
    }

    /** A run keeps its replicas for good, unless another server was promoted, or a person let it go on there. */
    private boolean isOfThisServer(ReplicaSet pinned) {
        return samples.get(samples.size() - 1).server().equals(pinned.server());
    }

    private Future<Void> pin() {
        ReplicaSet.Pinning pinning = ReplicaSet.pin(samples, plan.replicas(), plan.guards());
        if (pinning.ok()) {
            return ports.journal().pin(run, pinning.set()).compose(v -> passed(pinning.set()));
        }
        tries++;
        if (tries < TRIES_TO_PIN) {
            return Future.succeededFuture();
        }
        return answer(new RunEvent.PreflightFailed(new Explanation(
                String.join("; ", pinning.problems()),
                "looking for the replicas that the plan names",
                Explanation.NOTHING_CHANGED,
                "bring the replica back or correct `replicas` in the plan")));
    }

    /** The set may have been written down before by a try that did not hear of it. */
    private Future<Void> passed(ReplicaSet pinned) {
        guards.pin(pinned);
        return answer(new RunEvent.PreflightPassed());
    }

    private Future<Void> answer(RunEvent event) {
        wanted = false;
        samples.clear();
        answers.accept(event);
        return Future.succeededFuture();
    }
}
