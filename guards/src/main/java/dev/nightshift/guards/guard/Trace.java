package dev.nightshift.guards.guard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one guard remembers of one subject: since when each limit is crossed, and whether a slowing or a hold still
 * stands. Durations and hysteresis of all guards are here and nowhere else.
 *
 * @param blame whether a critical load is ours, for guards of what others load as well
 * @param conditionSince since when the measure's condition has lasted
 * @param calm how many calm samples in a row
 */
record Trace(
        GuardKind kind,
        Measure measure,
        Crossed crossed,
        Blame blame,
        @Nullable Long conditionSince,
        @Nullable Long unknownSince,
        boolean slowed,
        boolean held,
        int calm,
        Standing standing,
        @Nullable Finding finding) {

    /** A hold is left after this many calm samples in a row. */
    static final int CALM_SAMPLES = 3;

    /** What is not known for this long holds: as long as a sample may be away. */
    static final Duration UNKNOWN_HOLDS = Duration.ofSeconds(5);

    static Trace begin(GuardKind kind, String subject) {
        return new Trace(
                kind,
                Measure.of(subject, 0),
                Crossed.NOTHING,
                Blame.NONE,
                null,
                null,
                false,
                false,
                0,
                new Standing(kind, subject, Verdict.CLEAR, 0, 0),
                null);
    }

    /** After a sample that measured this subject. */
    Trace next(Measure now, Limits limits, long nanos) {
        Long since = conditionSince(now, nanos);
        double value = since == null ? now.value() : now.value() + (nanos - since) / 1e9;
        double excess = value - now.allowance();
        Crossed over = crossed.next(excess, limits, nanos);
        Long unknown = now.known() ? null : Long.valueOf(unknownSince == null ? nanos : unknownSince);
        double used = used(excess, limits);
        int calmNow = now.known() && kind.calm(excess, used, limits) ? calm + 1 : 0;
        Blame blamed = blamed(now, over, limits, excess, nanos);
        Verdict reached = blamed.spare(reached(now, over, limits, nanos, unknown), kind);
        boolean holds = reached.compareTo(Verdict.HOLD) >= 0 || (held && calmNow < CALM_SAMPLES);
        boolean slows = reached == Verdict.SLOW || (slowed && !leavesSlow(now, excess, limits, kind));
        Verdict verdict = verdict(now, reached, holds, slows);
        Wording wording = new Wording(kind, now, limits, value, reached, holds ? calmNow : 0, blamed.words());
        return new Trace(
                kind,
                now,
                over,
                blamed,
                since,
                unknown,
                slows,
                holds,
                calmNow,
                new Standing(kind, now.subject(), verdict, value, used),
                wording.finding(verdict, unknownFor(unknown, nanos)));
    }

    /** After a sample that did not measure this subject any more: calm; null when there is nothing left to remember. */
    @Nullable Trace absent() {
        int calmNow = calm + 1;
        if (!held || calmNow >= CALM_SAMPLES) {
            return null;
        }
        Measure gone = Measure.of(measure.subject(), 0);
        Standing standing = new Standing(kind, measure.subject(), Verdict.HOLD, 0, 0);
        return new Trace(
                kind,
                gone,
                Crossed.NOTHING,
                blame.next(false, 0, Comparison.AT_LEAST, 0),
                null,
                null,
                false,
                true,
                calmNow,
                standing,
                Wording.calming(kind, measure.subject(), calmNow));
    }

    Trace interrupted() {
        return new Trace(
                kind, measure, crossed, blame, conditionSince, unknownSince, slowed, held, 0, standing, finding);
    }

    private static double used(double excess, Limits limits) {
        return Double.isNaN(excess)
                ? Double.NaN
                : limits.at(Level.HOLD).map(hold -> hold.utilisation(excess)).orElse(0.0);
    }

    private Blame blamed(Measure now, Crossed over, Limits limits, double excess, long nanos) {
        if (!kind.isShared() || !now.known()) {
            return blame;
        }
        boolean critical = now.ceiling() == Level.ABORT && over.reached(Level.ABORT, now, limits, nanos);
        Limit abort = limits.at(Level.ABORT).orElse(Limit.NEVER);
        return blame.next(critical, excess, abort.comparison(), nanos);
    }

    private @Nullable Long conditionSince(Measure now, long nanos) {
        if (now.condition() == null) {
            return null;
        }
        boolean same = now.condition().equals(measure.condition()) && conditionSince != null;
        return same ? conditionSince : Long.valueOf(nanos);
    }

    private static Verdict reached(Measure now, Crossed over, Limits limits, long nanos, @Nullable Long unknown) {
        Verdict worst = Verdict.CLEAR;
        for (Level level : Level.values()) {
            if (level.compareTo(now.ceiling()) <= 0 && over.reached(level, now, limits, nanos)) {
                worst = level.verdict();
            }
        }
        boolean tooLong = now.certainty() == Measure.Certainty.LOST
                || unknownFor(unknown, nanos).compareTo(UNKNOWN_HOLDS) >= 0;
        return tooLong && now.ceiling() != Level.SLOW ? worst.worst(Verdict.HOLD) : worst;
    }

    private static Duration unknownFor(@Nullable Long unknown, long nanos) {
        return unknown == null ? Duration.ZERO : Duration.ofNanos(nanos - unknown);
    }

    private static boolean leavesSlow(Measure now, double excess, Limits limits, GuardKind kind) {
        Limit slow = limits.at(Level.SLOW).orElse(Limit.NEVER);
        boolean left = kind.isProbe() ? !slow.breachedBy(excess) : slow.utilisation(excess) < kind.slowLeftBelow();
        return now.known() && left;
    }

    private static Verdict verdict(Measure now, Verdict reached, boolean holds, boolean slows) {
        Verdict verdict = reached.worst(holds ? Verdict.HOLD : Verdict.CLEAR)
                .worst(slows ? Verdict.SLOW : Verdict.CLEAR)
                .worst(now.known() ? Verdict.CLEAR : Verdict.UNKNOWN);
        boolean tooHigh = now.ceiling() == Level.SLOW && verdict.compareTo(Verdict.SLOW) > 0;
        return tooHigh ? Verdict.SLOW : verdict;
    }
}
