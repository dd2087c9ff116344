package dev.nightshift.guards.pace;

import dev.nightshift.guards.pace.PaceDecision.Step;
import dev.nightshift.guards.pace.PaceTick.Stance;
import dev.nightshift.guards.pace.Zones.Move;
import org.jspecify.annotations.Nullable;

/** Whether the pace may rise this tick, and by how much. */
record Growth(Zones zones) {
    /** So little of the budget is used that there is no sign of a limit at all. */
    private static final double NO_SIGN = 0.1;

    private static final double SHARE_A_SECOND = 0.05;
    private static final double LEAST_A_SECOND = 0.5e6;
    private static final double NEAR_A_SECOND = 0.25e6;
    private static final double NEAR_SHARE_A_SECOND = 0.01;
    private static final double NEAR = 0.8;

    /** A lag shows after two ticks; what doubling adds until then stays within this share of the byte budget. */
    private static final double DOUBLES_WITHIN = 0.5;

    private static final double TICKS_UNTIL_SEEN = 2;

    /** The count of what a batch wrote arrives with the next one, which a doubling pace outruns. */
    private static final double USED_UP_DOUBLING = 0.4;

    private static final double USED_UP = 0.75;

    Move move() {
        String obstacle = obstacle();
        if (obstacle != null) {
            return new Move(zones.state(), Step.KEEP, obstacle);
        }
        double rate = zones.state().rate();
        double next = next(rate);
        String why = doubles()
                ? "no sign of a limit yet"
                : near()
                        ? "probing: " + zones.ceilingText()
                        : "raised: " + zones.tick().load().tightest();
        if (next <= rate) {
            return new Move(zones.state(), Step.KEEP, why);
        }
        PaceState raised = doubles()
                ? zones.state().doubled(next, zones.tick().nanos())
                : zones.state().at(next);
        return new Move(raised, Step.RAISE, why);
    }

    private @Nullable String obstacle() {
        PaceTick.Load load = zones.tick().load();
        double used = Math.max(load.utilisation(), zones.state().smoothed());
        if (used >= Zones.RAISES_BELOW) {
            return "kept: " + load.tightest();
        }
        if (zones.tick().stance() == Stance.SLOW) {
            return "kept: " + zones.tick().cause();
        }
        if (load.courtesy() >= Zones.RAISES_BELOW) {
            return "kept for a best-effort replica";
        }
        if (zones.state().quiet(zones.tick().nanos())) {
            return zones.ceiling().isPresent() ? zones.ceilingText() : "kept: lowered a moment ago";
        }
        if (zones.usedShare() < (doubles() ? USED_UP_DOUBLING : USED_UP)) {
            return "not raised: " + Zones.rateText(zones.tick().flow().mostOwn()) + " of it is used";
        }
        return null;
    }

    private double next(double rate) {
        double seconds = zones.seconds();
        if (doubles()) {
            return Math.min(rate * Math.pow(2, seconds), doublesUpTo());
        }
        double step = near()
                ? Math.max(NEAR_A_SECOND, NEAR_SHARE_A_SECOND * rate)
                : Math.max(LEAST_A_SECOND, SHARE_A_SECOND * rate);
        return rate + step * seconds;
    }

    private boolean doubles() {
        PaceTick.Load load = zones.tick().load();
        boolean noSign = Math.max(load.utilisation(), load.courtesy()) < NO_SIGN;
        return noSign && zones.ceiling().isEmpty() && zones.state().rate() < doublesUpTo();
    }

    private double doublesUpTo() {
        return zones.tick().load().byteBudget() * DOUBLES_WITHIN / TICKS_UNTIL_SEEN;
    }

    private boolean near() {
        return zones.ceiling()
                .filter(ceiling -> zones.state().rate() >= NEAR * ceiling)
                .isPresent();
    }
}
