package dev.nightshift.guards.pace;

import java.util.Map;

/**
 * What the pacing law looks at, once a second. A number that is not known is NaN.
 *
 * @param nanos the monotonic clock
 * @param stance what the guards ask for
 * @param cause the reason of that stance, for people; empty when clear
 * @param load how near the budgets are
 * @param flow how much WAL is written, and by whom
 * @param underLoad bytes a second that a required replica replays under a lasting backlog, by name
 * @param replaying bytes a second that each required replica replays now
 */
public record PaceTick(
        long nanos,
        Stance stance,
        String cause,
        Load load,
        Flow flow,
        Map<String, Double> underLoad,
        Map<String, Double> replaying) {

    public PaceTick {
        underLoad = Map.copyOf(underLoad);
        replaying = Map.copyOf(replaying);
    }

    /** What the guards ask for. */
    public enum Stance {
        GO,
        /** No growth. */
        SLOW,
        /** Something is not known. */
        UNKNOWN,
        STOP
    }

    /**
     * How much of the budgets is used.
     *
     * @param limited whether there is any budget at all; without one the pace is unlimited
     * @param utilisation the largest share of a hold limit that is used now
     * @param tightest which one, for people: {@code replica lag standby-a 2.3 s of 5 s}
     * @param courtesy the same for what may slow but never hold
     * @param byteBudget how many bytes behind a replica may be
     */
    public record Load(boolean limited, double utilisation, String tightest, double courtesy, double byteBudget) {}

    /**
     * WAL bytes a second.
     *
     * @param total of the whole server over the last seconds
     * @param own the run's share of it
     * @param others what is not the run's, over a longer while
     */
    public record Flow(double total, double own, double others) {

        /** Nothing seen yet. */
        public static final Flow UNKNOWN = new Flow(Double.NaN, Double.NaN, Double.NaN);

        /** The run's share; all there is where it is not told. */
        double mostOwn() {
            return Double.isNaN(own) ? total : own;
        }
    }
}
