package dev.nightshift.guards.guard;

import dev.nightshift.guards.guard.Finding.Seen;
import dev.nightshift.guards.reading.Reading;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one guard sees of one subject, before limits, durations and hysteresis are applied.
 *
 * @param value in the guard's unit
 * @param ceiling the worst level that this can reach
 * @param allowance what is added to every limit, such as a standby's delay
 * @param condition where the value is how long something lasts: what lasts; the value is then added to that time
 * @param ages where the value is a count: how long each of the counted has been there, the longest first
 * @param words what a reason says instead of numbers
 * @param qualifier what a reason adds to the number, or empty
 */
public record Measure(
        String subject,
        double value,
        Certainty certainty,
        Level ceiling,
        double allowance,
        @Nullable String condition,
        List<Duration> ages,
        @Nullable Seen words,
        String qualifier,
        String note) {

    /** How far a value can be trusted. */
    public enum Certainty {
        EXACT,
        /** It may be worse, so it is not known to be clear. */
        AT_LEAST,
        UNKNOWN,
        /** Not known so often that it holds at once. */
        LOST
    }

    public static Measure of(String subject, double value) {
        return new Measure(subject, value, Certainty.EXACT, Level.ABORT, 0, null, List.of(), null, "", "");
    }

    /** A reading as it is; without a value it is unknown, whatever its limits. */
    static Measure of(Reading reading) {
        return Double.isFinite(reading.value().orElse(Double.NaN))
                ? of(reading.subject(), reading.value().getAsDouble()).noting(reading.note())
                : unknown(reading.subject(), reading.note());
    }

    /** A lower bound: unknown until it is enough to hold. */
    public static Measure atLeast(String subject, double value) {
        return new Measure(subject, value, Certainty.AT_LEAST, Level.HOLD, 0, null, List.of(), null, "", "");
    }

    public static Measure unknown(String subject, String why) {
        return new Measure(subject, Double.NaN, Certainty.UNKNOWN, Level.HOLD, 0, null, List.of(), null, "", why);
    }

    /** Its value is the seconds for which this condition has been measured without a break, and those before. */
    public static Measure lasting(String subject, String condition, Duration before) {
        return new Measure(
                subject, before.toNanos() / 1e9, Certainty.EXACT, Level.ABORT, 0, condition, List.of(), null, "", "");
    }

    public Measure upTo(Level most) {
        Level lower = most.compareTo(ceiling) < 0 ? most : ceiling;
        return new Measure(subject, value, certainty, lower, allowance, condition, ages, words, qualifier, note);
    }

    /** Not known for as long as it is there, however far its limits are. */
    public Measure uncertain() {
        return new Measure(
                subject, value, Certainty.AT_LEAST, ceiling, allowance, condition, ages, words, qualifier, note);
    }

    /** Not known, and that for too long already. */
    Measure lost() {
        return new Measure(subject, value, Certainty.LOST, ceiling, allowance, condition, ages, words, qualifier, note);
    }

    public Measure allowing(double more) {
        return new Measure(subject, value, certainty, ceiling, more, condition, ages, words, qualifier, note);
    }

    public Measure aged(List<Duration> each) {
        List<Duration> sorted = each.stream().sorted(Comparator.reverseOrder()).toList();
        return new Measure(subject, value, certainty, ceiling, allowance, condition, sorted, words, qualifier, note);
    }

    /** The last three words of the reason, for slow and hold; an abort names its number. */
    public Measure said(String observed, String comparison, String limit) {
        Seen seen = new Seen(observed, comparison, limit);
        return new Measure(subject, value, certainty, ceiling, allowance, condition, ages, seen, qualifier, note);
    }

    /** Adds a word to the number: {@code 34 s (stalled)}. */
    public Measure qualified(String word) {
        return new Measure(subject, value, certainty, ceiling, allowance, condition, ages, words, word, note);
    }

    public Measure noting(String remark) {
        return new Measure(subject, value, certainty, ceiling, allowance, condition, ages, words, qualifier, remark);
    }

    boolean known() {
        return certainty == Certainty.EXACT;
    }

    /** For a count: how long at least {@code limit} of them have been there. */
    Duration countedFor(double limit) {
        int index = (int) Math.ceil(limit) - 1;
        return index >= 0 && index < ages.size() ? ages.get(index) : Duration.ZERO;
    }
}
