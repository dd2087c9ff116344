package dev.nightshift.guards.guard;

import dev.nightshift.guards.pace.PaceDecision;
import dev.nightshift.guards.reading.Sample;
import java.util.List;

/** All guards over all samples so far, as a value: each observation gives the next watch. */
public final class Watch {
    private final GuardSettings settings;
    private final ReplicaSet pinned;
    private final Judgement judgement;

    private Watch(GuardSettings settings, ReplicaSet pinned, Judgement judgement) {
        this.settings = settings;
        this.pinned = pinned;
        this.judgement = judgement;
    }

    /** A watch that has seen nothing yet: unknown. After a promotion start with a new one and a new pinning. */
    public static Watch over(GuardSettings settings, ReplicaSet pinned) {
        return new Watch(
                settings,
                pinned,
                new Judgement(null, Verdict.UNKNOWN, List.of(), List.of(), List.of(), PaceDecision.NONE_YET));
    }

    public Judgement judgement() {
        return judgement;
    }

    public Watch observe(Sample sample) {
        return new Watch(settings, pinned, judgement);
    }

    /** A sample that failed; three in a row hold. */
    public Watch missed(long monotonicNanos, String reason) {
        return new Watch(settings, pinned, judgement);
    }

    /** No sample has come back yet; time alone can slow and hold. */
    public Watch waited(long monotonicNanos) {
        return new Watch(settings, pinned, judgement);
    }
}
