package dev.nightshift.time;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The hours in which a run may work: opens by a cron line on the wall clock of a zone, stays open for a length of real
 * time.
 *
 * <p>An opening that the change to summer time skips happens at the change; one that the change back repeats happens
 * the first time only. So each opening of the cron line happens exactly once, and each is as long as every other.
 */
public final class Window {

    /** Longer than this without a close counts as open for good; a cron line by day of month repeats within it. */
    private static final Duration HORIZON = Duration.ofDays(35);

    /** No window is longer; what is open for good has none. */
    public static final Duration LONGEST = Duration.ofDays(7);

    /** The parser alone would also take several lines joined by bars. */
    private static final Pattern FIVE_FIELDS = Pattern.compile("\\s*[0-9A-Za-z*,/-]+(?:\\s+[0-9A-Za-z*,/-]+){4}\\s*");

    private static final ZonedDateTime ANY_MIDNIGHT = ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    private static final Window ALWAYS = new Window(Optional.empty(), Duration.ZERO, ZoneOffset.UTC, List.of());

    private final Optional<ExecutionTime> opens;
    private final Duration lasts;
    private final ZoneId zone;
    private final List<Days> except;

    private Window(Optional<ExecutionTime> opens, Duration lasts, ZoneId zone, Collection<Days> except) {
        this.opens = opens;
        this.lasts = lasts;
        this.zone = zone;
        this.except = List.copyOf(except);
    }

    /** The window of a plan that names none: never closed. */
    public static Window always() {
        return ALWAYS;
    }

    /**
     * A window that opens by a cron line.
     *
     * @param opens five fields as in a crontab: minute, hour, day of month, month, day of week
     * @param except local days on which it does not open; one that opened the day before stays open into them
     * @throws IllegalArgumentException when the cron line is none or never comes true, or the length is not above zero
     *     and at most seven days; the message says what was expected and found
     */
    public static Window opening(String opens, Duration lasts, ZoneId zone, Collection<Days> except) {
        if (lasts.isNegative() || lasts.isZero() || lasts.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("expected a length above 0 and up to 7 days, found " + lasts);
        }
        return new Window(Optional.of(times(opens)), lasts, zone, except);
    }

    /**
     * Returns the cron line, when it is one.
     *
     * @throws IllegalArgumentException when it is none or never comes true; the message says what was expected and found
     */
    public static String checkCron(String opens) {
        times(opens);
        return opens;
    }

    private static ExecutionTime times(String opens) {
        try {
            if (!FIVE_FIELDS.matcher(opens).matches()) {
                throw new IllegalArgumentException("not five fields");
            }
            CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
            ExecutionTime times = ExecutionTime.forCron(parser.parse(opens).validate());
            if (times.nextExecution(ANY_MIDNIGHT).isEmpty()) {
                throw new IllegalArgumentException("no such day");
            }
            return times;
        } catch (RuntimeException e) { // the parser throws whatever its splitting and counting meet
            throw new IllegalArgumentException(
                    "expected a cron line of five fields that comes true some day, such as \"0 1 * * 1-5\", found '"
                            + opens + "'",
                    e);
        }
    }

    public boolean isOpen(Instant at) {
        return opens.map(times -> closeOfOpeningBefore(times, at).isAfter(at)).orElse(true);
    }

    /** The first opening after {@code at}, also when the window is open then; empty when it has none (always open). */
    public Optional<Instant> nextOpening(Instant at) {
        if (opens.isEmpty()) {
            return Optional.empty();
        }
        ExecutionTime times = opens.get();
        LocalDateTime cursor = LocalDateTime.ofInstant(at, zone);
        while (true) {
            Optional<LocalDateTime> next =
                    times.nextExecution(cursor.atZone(ZoneOffset.UTC)).map(d -> d.toLocalDateTime());
            if (next.isEmpty()) {
                return Optional.empty();
            }
            cursor = next.get();
            Optional<Days> excepted = excepted(cursor.toLocalDate());
            if (excepted.isPresent()) {
                cursor = excepted.get().last().atTime(LocalTime.MAX);
            } else if (instantOf(cursor).isAfter(at)) {
                return Optional.of(instantOf(cursor));
            }
        }
    }

    /**
     * The end of the open time that {@code at} lies in, over openings that overlap or touch; empty when the window is
     * closed then, or stays open for more than a month.
     */
    public Optional<Instant> closesAt(Instant at) {
        if (opens.isEmpty() || !isOpen(at)) {
            return Optional.empty();
        }
        Instant close = at;
        Instant later = closeOfOpeningBefore(opens.get(), at);
        while (later.isAfter(close)) {
            close = later;
            if (close.isAfter(at.plus(HORIZON))) {
                return Optional.empty();
            }
            later = closeOfOpeningBefore(opens.get(), close);
        }
        return Optional.of(close);
    }

    /** The first time in which it is open from {@code at} on, from then if it is open; empty when it opens no more. */
    public Optional<OpenTime> openTime(Instant at) {
        Optional<Instant> from = isOpen(at) ? Optional.of(at) : nextOpening(at);
        return from.map(opening -> new OpenTime(opening, closesAt(opening).orElse(Instant.MAX)));
    }

    /** The exceptions because of which it did not open after {@code from} and before {@code to}. */
    public List<Days> skipped(Instant from, Instant to) {
        return opens.map(times -> except.stream()
                        .filter(days -> wouldOpen(times, days, from, to))
                        .toList())
                .orElse(List.of());
    }

    private boolean wouldOpen(ExecutionTime times, Days days, Instant from, Instant to) {
        LocalDateTime begin = days.first().atStartOfDay().minusNanos(1);
        LocalDateTime after = LocalDateTime.ofInstant(from, zone);
        return times.nextExecution((after.isAfter(begin) ? after : begin).atZone(ZoneOffset.UTC))
                .map(opening -> opening.toLocalDateTime())
                .filter(opening -> days.contain(opening.toLocalDate())
                        && instantOf(opening).isBefore(to))
                .isPresent();
    }

    private Optional<Days> excepted(LocalDate day) {
        return except.stream().filter(days -> days.contain(day)).findFirst();
    }

    /** The end of the last opening at or before {@code at}; the distant past when there is none. */
    private Instant closeOfOpeningBefore(ExecutionTime times, Instant at) {
        LocalDateTime cursor = lastWallClockUpTo(at).plusNanos(1);
        Instant tooOld = at.minus(lasts);
        while (true) {
            Optional<LocalDateTime> last =
                    times.lastExecution(cursor.atZone(ZoneOffset.UTC)).map(d -> d.toLocalDateTime());
            if (last.isEmpty() || !instantOf(last.get()).isAfter(tooOld)) {
                return Instant.MIN;
            }
            cursor = last.get();
            Optional<Days> excepted = excepted(cursor.toLocalDate());
            if (excepted.isPresent()) {
                cursor = excepted.get().first().atStartOfDay();
            } else if (!instantOf(cursor).isAfter(at)) {
                return instantOf(cursor).plus(lasts);
            }
        }
    }

    /** The latest wall clock time that was ever shown up to {@code at}: in the repeated hour the end of its first pass. */
    private LocalDateTime lastWallClockUpTo(Instant at) {
        LocalDateTime shown = LocalDateTime.ofInstant(at, zone);
        ZoneOffsetTransition change = zone.getRules().previousTransition(at.plusNanos(1));
        boolean repeating = change != null
                && change.isOverlap()
                && at.isBefore(change.getInstant().plus(change.getDuration().abs()));
        return repeating ? change.getDateTimeBefore().minusNanos(1) : shown;
    }

    private Instant instantOf(LocalDateTime wallClock) {
        ZoneOffsetTransition change = zone.getRules().getTransition(wallClock);
        return change != null && change.isGap()
                ? change.getInstant()
                : wallClock.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }
}
