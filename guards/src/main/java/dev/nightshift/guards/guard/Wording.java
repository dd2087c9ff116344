package dev.nightshift.guards.guard;

import dev.nightshift.guards.guard.Finding.Seen;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Puts a verdict into the words of a reason.
 *
 * @param reached what the limits say, before hysteresis
 * @param calm calm samples since, when a hold is being left
 * @param blame whose load it is, where that is asked; else empty
 */
record Wording(GuardKind kind, Measure measure, Limits limits, double value, Verdict reached, int calm, String blame) {

    @Nullable Finding finding(Verdict verdict, Duration unknownFor) {
        if (verdict == Verdict.CLEAR) {
            return null;
        }
        Limit limit = limit(verdict);
        double shown = limit.value() + measure.allowance();
        return new Finding(
                kind, measure.subject(), verdict, value, shown, seen(verdict, limit, unknownFor), note(), blame);
    }

    /** A hold whose subject is gone and which still waits for calm samples. */
    static Finding calming(GuardKind kind, String subject, int calm) {
        Seen seen = new Seen("clear", "for", samples(calm));
        return new Finding(kind, subject, Verdict.HOLD, 0, Trace.CALM_SAMPLES, seen, "");
    }

    /** The limit that was crossed, or the one below which a hold or a slowing is left. */
    private Limit limit(Verdict verdict) {
        Limit slow = limits.at(Level.SLOW).orElse(Limit.NEVER);
        Limit hold = limits.at(Level.HOLD).orElse(Limit.NEVER);
        return switch (verdict) {
            case ABORT -> limits.at(Level.ABORT).orElse(Limit.NEVER);
            case HOLD -> reached == Verdict.HOLD ? hold : hold.leftBelow(kind.calmBelow());
            case SLOW -> reached == Verdict.SLOW ? slow : slow.leftBelow(kind.slowLeftBelow());
            case UNKNOWN, CLEAR -> hold;
        };
    }

    private Seen seen(Verdict verdict, Limit limit, Duration unknownFor) {
        Seen words = measure.words();
        if (words != null && verdict != Verdict.ABORT && (reached != Verdict.CLEAR || !measure.known())) {
            return words;
        }
        double shown = limit.value() + measure.allowance();
        String limitText = kind.unit().text(shown) + lasting(limit);
        if (measure.known() || limit.breachedBy(value - measure.allowance())) {
            String sign = limit.breachedBy(value - measure.allowance())
                    ? limit.comparison().sign(value, shown)
                    : limit.comparison().otherSign();
            return new Seen(kind.unit().text(value) + qualifier(), sign, limitText);
        }
        if (verdict == Verdict.HOLD) {
            return new Seen("unknown for " + Unit.text(unknownFor), ">=", Unit.text(Trace.UNKNOWN_HOLDS));
        }
        String bound = Double.isNaN(value)
                ? "unknown"
                : "unknown, at least " + kind.unit().text(value) + qualifier() + ",";
        return new Seen(bound, "of", limitText);
    }

    private String note() {
        String leaving = calm > 0 ? "calm for " + samples(calm) : "";
        return measure.note().isEmpty() || leaving.isEmpty()
                ? measure.note() + leaving
                : measure.note() + "; " + leaving;
    }

    private String qualifier() {
        return measure.qualifier().isEmpty() ? "" : " (" + measure.qualifier() + ")";
    }

    private static String samples(int calm) {
        return calm + " of " + Trace.CALM_SAMPLES + " samples";
    }

    private static String lasting(Limit limit) {
        return limit.lasting().isZero() ? "" : " for " + Unit.text(limit.lasting());
    }
}
