package dev.nightshift.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reckons in the time in which a window is open, leaving out that in which it is closed. */
public final class OpenTimes {

    /** Nobody plans further: two years of nights. */
    private static final int MOST = 750;

    private OpenTimes() {}

    /** How long the window was open between two instants. */
    public static Duration passed(Window window, Instant from, Instant to) {
        Duration passed = Duration.ZERO;
        Instant at = from;
        for (int i = 0; i < MOST && at.isBefore(to); i++) {
            Optional<OpenTime> next =
                    window.openTime(at).filter(time -> time.opens().isBefore(to));
            if (next.isEmpty()) {
                return passed;
            }
            Instant closes = next.get().closes().isBefore(to) ? next.get().closes() : to;
            passed = passed.plus(Duration.between(next.get().opens(), closes));
            at = closes;
        }
        return passed;
    }

    /**
     * When so much open time will have passed.
     *
     * @param windows how many more openings that takes, 0 when the present one is enough
     */
    public record Reached(Instant at, int windows) {}

    /** Work that may be divided over several windows; empty when they do not come to that within about two years. */
    public static Optional<Reached> reach(Window window, Instant from, Duration open) {
        Duration left = open;
        Instant at = from;
        int windows = window.isOpen(from) ? 0 : 1;
        for (int i = 0; i < MOST; i++, windows++) {
            Optional<OpenTime> next = window.openTime(at);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            if (next.get().length().compareTo(left) >= 0) {
                return Optional.of(new Reached(next.get().opens().plus(left), windows));
            }
            left = left.minus(next.get().length());
            at = next.get().closes();
        }
        return Optional.empty();
    }

    /** Work that has to be done in one window: when it will be done if it begins where it fits first. */
    public static Optional<Reached> fit(Window window, Instant from, Duration whole) {
        Instant at = from;
        int windows = window.isOpen(from) ? 0 : 1;
        for (int i = 0; i < MOST; i++, windows++) {
            Optional<OpenTime> next = window.openTime(at);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            if (next.get().length().compareTo(whole) >= 0) {
                return Optional.of(new Reached(next.get().opens().plus(whole), windows));
            }
            at = next.get().closes();
        }
        return Optional.empty();
    }
}
