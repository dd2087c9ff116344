package dev.nightshift.time;

import dev.nightshift.guards.guard.Unit;
import dev.nightshift.time.OpenTimes.Reached;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * When a run will be done, in its windows, as far as anybody knows.
 *
 * @param earliest at the better of the two paces that are known; empty when no date can be told
 * @param latest at the worse
 * @param windows in which window from now the latest is, 0 is the present one
 * @param uncounted what is left besides and nobody knows the length of
 * @param sentence all of that for a person, in the zone of the window
 */
public record Outlook(
        Optional<Instant> earliest, Optional<Instant> latest, int windows, List<String> uncounted, String sentence) {

    private static final DateTimeFormatter SOON = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ROOT);
    private static final DateTimeFormatter LATE = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final Duration WEEK = Duration.ofDays(6);

    /** Two dates are told as one where nobody would act on the difference. */
    private static final Duration SAME = Duration.ofMinutes(2);

    private static final double SAME_PART = 0.1;

    private static final List<String> NTH = List.of("this", "the next", "the second", "the third", "the fourth");

    public Outlook {
        uncounted = List.copyOf(uncounted);
    }

    /** Something that is left to do, in its order. */
    public sealed interface Piece {

        String step();

        /** Goes on from window to window: so much open time at the better and at the worse pace. */
        record Divisible(String step, Duration least, Duration most) implements Piece {}

        /** Has to be done in one window. */
        record Whole(String step, Duration least, Duration most) implements Piece {}
    }

    /** What no date can be told of, and why. */
    public static Outlook without(String why) {
        return new Outlook(Optional.empty(), Optional.empty(), 0, List.of(), why);
    }

    /**
     * Lays the pieces into the windows, one after the other.
     *
     * @param from now, or when a freeze ends
     */
    public static Outlook of(Instant from, Window window, ZoneId zone, List<Piece> pieces, List<String> uncounted) {
        Reached early = new Reached(from, 0);
        Reached late = early;
        for (Piece piece : pieces) {
            Optional<Reached> sooner = after(window, early, piece, true);
            Optional<Reached> later = after(window, late, piece, false);
            if (sooner.isEmpty() || later.isEmpty()) {
                return without(never(piece));
            }
            early = sooner.get();
            late = later.get();
        }
        return new Outlook(
                Optional.of(early.at()),
                Optional.of(late.at()),
                late.windows(),
                uncounted,
                sentence(from, window, zone, early, late) + rest(uncounted));
    }

    private static Optional<Reached> after(Window window, Reached from, Piece piece, boolean best) {
        Optional<Reached> reached = piece instanceof Piece.Divisible rows
                ? OpenTimes.reach(window, from.at(), best ? rows.least() : rows.most())
                : whole(window, from, (Piece.Whole) piece, best);
        return reached.map(there -> new Reached(there.at(), from.windows() + there.windows()));
    }

    private static Optional<Reached> whole(Window window, Reached from, Piece.Whole piece, boolean best) {
        return OpenTimes.fit(window, from.at(), best ? piece.least() : piece.most());
    }

    private static String never(Piece piece) {
        return piece instanceof Piece.Whole whole
                ? "never: step " + whole.step() + " takes " + Unit.text(whole.most()) + ", and no window is that long"
                : "not within two years of its windows";
    }

    private static String sentence(Instant from, Window window, ZoneId zone, Reached early, Reached late) {
        Duration apart = Duration.between(early.at(), late.at());
        Duration away = Duration.between(from, late.at());
        boolean same = early.windows() == late.windows()
                && (apart.compareTo(SAME) <= 0 || apart.toMillis() <= away.toMillis() * SAME_PART);
        boolean always =
                window.openTime(from).filter(time -> !time.closesEver()).isPresent();
        return same
                ? "done about " + time(from, zone, late.at()) + (always ? "" : ", in " + nth(late.windows()))
                : "done between " + time(from, zone, early.at()) + in(always, early) + " and "
                        + time(from, zone, late.at()) + in(always, late);
    }

    private static String in(boolean always, Reached reached) {
        return always ? "" : " (" + nth(reached.windows()) + ")";
    }

    private static String nth(int windows) {
        String which = windows < NTH.size() ? NTH.get(windows) : "the " + windows + "th";
        return which + " window" + (windows > 1 ? " from now" : "");
    }

    private static String time(Instant from, ZoneId zone, Instant at) {
        DateTimeFormatter form = Duration.between(from, at).compareTo(WEEK) < 0 ? SOON : LATE;
        return form.format(at.atZone(zone));
    }

    private static String rest(List<String> uncounted) {
        List<String> named = new ArrayList<>(uncounted);
        return named.isEmpty() ? "" : "; not counted: " + String.join(", ", named);
    }
}
