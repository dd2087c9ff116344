package dev.nightshift.drive;

import dev.nightshift.guards.guard.Finding;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.guards.guard.Judgement;
import dev.nightshift.guards.guard.ReplicaSet;
import dev.nightshift.guards.guard.Unit;
import dev.nightshift.guards.guard.Verdict;
import dev.nightshift.guards.guard.Watch;
import dev.nightshift.guards.pace.Allowance;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holding;
import dev.nightshift.run.Parked;
import dev.nightshift.run.RunEvent;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Working;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns what the guards say into events of the run and into lines of its history. */
final class GuardWatch {

    private static final int LATE_RENEWALS_THAT_HOLD = 3;

    /** The lease is written each second or two. */
    private static final int TIMELY_SECONDS_THAT_END_THE_HOLD = 10;

    private final GuardSettings settings;
    private ReplicaSet pinned = ReplicaSet.UNPINNED;
    private volatile Watch watch;
    private volatile long observedNanos;
    private Verdict told = Verdict.CLEAR;
    private int lateRenewals;

    /** Timely answers that are still wanted before the database counts as fast enough again. */
    private int wantedAnswers;

    /** Guards, their subjects and whose load it is, of which the history of this hold has told. */
    private final Set<String> holding = new HashSet<>();

    GuardWatch(GuardSettings settings) {
        this.settings = settings;
        this.watch = Watch.over(settings, pinned);
    }

    /** Watches these replicas from now on; what was learned of them stays when they are the same. */
    void pin(ReplicaSet replicas) {
        if (!replicas.equals(pinned)) {
            pinned = replicas;
            watch = Watch.over(settings, replicas);
        }
    }

    ReplicaSet pinned() {
        return pinned;
    }

    void observe(Sample sample) {
        watch = watch.observe(sample);
        observedNanos = sample.monotonicNanos();
    }

    void missed(long nanos, String reason) {
        watch = watch.missed(nanos, reason);
    }

    Judgement judgement() {
        return watch.judgement();
    }

    /** A renewal took a second or more, or failed: the permit may have run out meanwhile. */
    void renewed(boolean late) {
        lateRenewals = late ? lateRenewals + 1 : 0;
    }

    /** On hold no permit is renewed, so the lease tells how fast the database writes. */
    void keptLease(boolean late) {
        if (wantedAnswers > 0) {
            wantedAnswers = late ? TIMELY_SECONDS_THAT_END_THE_HOLD : wantedAnswers - 1;
        }
    }

    boolean permits() {
        return judgement().permits();
    }

    /**
     * What may be written without a permit; may be asked from another thread.
     *
     * @param freshFor how old the last sample may be
     */
    Allowance allowance(long nowNanos, Duration freshFor) {
        Judgement judgement = judgement();
        long age = nowNanos - observedNanos;
        if (judgement.permits() && age > freshFor.toNanos()) {
            return Allowance.none("the guards saw nothing for " + Unit.text(Duration.ofNanos(age)));
        }
        return judgement.permits() ? Allowance.of(judgement.pace().rate()) : Allowance.none(reasons(judgement));
    }

    /**
     * What the judgement means for a run in this state; guards neither hold nor abort what has not begun to work. On
     * unknown nothing is renewed, and if it lasts the guards themselves turn it into a hold.
     */
    List<RunEvent> events(RunState state) {
        boolean works = state instanceof Working || state instanceof Holding;
        if (judgement().at() == null || (!works && !(state instanceof Parked))) {
            return List.of();
        }
        Optional<Holder> holder = state.holders().of(Holder.Kind.GUARD);
        Verdict verdict = judgement().verdict();
        if (works && verdict == Verdict.ABORT) {
            String guard = judgement().worst().map(f -> f.guard().key()).orElse("guards");
            return List.of(new RunEvent.AbortAsked(new Cause(Cause.Kind.GUARD, guard, reasons()), false));
        }
        if (lateRenewals >= LATE_RENEWALS_THAT_HOLD) {
            lateRenewals = 0;
            wantedAnswers = TIMELY_SECONDS_THAT_END_THE_HOLD;
            return List.of(hold(
                    "supervisor",
                    "permit renewals late " + LATE_RENEWALS_THAT_HOLD
                            + " in a row > 1 s: the database is too slow to renew"));
        }
        if (verdict.compareTo(Verdict.HOLD) >= 0) {
            return hold(holder.isEmpty());
        }
        boolean over = holder.isPresent() && verdict.permits() && wantedAnswers == 0;
        return over ? List.of(new RunEvent.Released(Holder.Kind.GUARD, "guards")) : List.of();
    }

    /** A hold that begins, or another guard that joins it: who reads the history must not look for the wrong reason. */
    private List<RunEvent> hold(boolean begins) {
        if (begins) {
            holding.clear();
        }
        boolean joined = holding.addAll(judgement().findings().stream()
                .filter(f -> f.verdict() == judgement().verdict())
                .map(f -> f.guard().key() + " " + f.subject() + " " + f.whose())
                .toList());
        return begins || joined ? List.of(hold("guards", reasons())) : List.of();
    }

    private static RunEvent hold(String by, String reason) {
        return new RunEvent.Held(new Holder(Holder.Kind.GUARD, by, reason));
    }

    /** A line for the history when the run has begun to be slowed by a guard, or is no more. */
    Optional<Event> changeOfPace(RunState state) {
        Verdict now = judgement().verdict() == Verdict.SLOW ? Verdict.SLOW : Verdict.CLEAR;
        if (!(state instanceof Working) || now == told) {
            return Optional.empty();
        }
        told = now;
        String subject = judgement().worst().map(Finding::subject).orElse("");
        return Optional.of(
                now == Verdict.SLOW
                        ? new Event("slowed", subject, reasons())
                        : new Event("full-pace", subject, judgement().pace().text() + " of WAL"));
    }

    private String reasons() {
        return reasons(judgement());
    }

    private static String reasons(Judgement judgement) {
        String reasons = judgement.findings().stream()
                .filter(f -> f.verdict() == judgement.verdict())
                .map(f -> f.remark().isEmpty() ? f.reason() : f.reason() + " (" + f.remark() + ")")
                .distinct()
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? "nothing was observed yet" : reasons;
    }
}
