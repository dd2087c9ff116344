package dev.nightshift.kubernetes;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The log of one pod, each line once: it is read piece by piece from the second of the last line on, so that a broken
 * connection loses nothing.
 */
final class PodLog {

    /** A tool that prints faster loses what lies between two looks; its beginning and its end are kept. */
    static final int MOST_LINES = 2_000;

    private final Consumer<String> lines;
    private Instant last = Instant.MIN;

    PodLog(Consumer<String> lines) {
        this.lines = lines;
    }

    /** @param ask takes the second to begin at, empty for the beginning; answers with lines behind their times */
    void read(Function<Optional<String>, String> ask) {
        Optional<String> since = last.equals(Instant.MIN)
                ? Optional.empty()
                : Optional.of(last.truncatedTo(ChronoUnit.SECONDS).toString());
        Instant newest = last;
        for (String line : ask.apply(since).split("\n", -1)) {
            int space = line.indexOf(' ');
            Optional<Instant> at = space < 0 ? Optional.empty() : time(line.substring(0, space));
            if (at.isPresent() && at.get().isAfter(last)) {
                lines.accept(line.substring(space + 1));
                newest = at.get();
            }
        }
        last = newest;
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
