package dev.nightshift.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the instant that a backup holds is good enough for a run: one that was begun for it is, an earlier one if it is
 * young enough and nothing of ours was written since.
 *
 * @param asked when the backup was asked for
 * @param maxAge up to which an earlier one serves; zero when none does
 * @param lastWrite of any run before
 */
record Trust(Instant asked, Duration maxAge, Optional<Instant> lastWrite) {

    /** Clocks of clouds and databases differ by less where anybody looks after them. */
    static final Duration SKEW = Duration.ofSeconds(60);

    /**
     * Why it does not serve.
     *
     * @param now by the clock of the database, like all instants but {@code at}
     */
    Optional<String> doubt(Instant at, Instant now) {
        if (at.isAfter(now.plus(SKEW))) {
            return Optional.of(
                    "it says that it holds the data of " + at + ", and it is " + now + " here: see the clocks");
        }
        boolean own = !at.plus(SKEW).isBefore(asked);
        Instant latest = own ? at.plus(SKEW) : at;
        if (lastWrite.filter(latest::isBefore).isPresent()) {
            return Optional.of(
                    "it holds the data of " + at + ", and a run has written since, at " + lastWrite.orElseThrow());
        }
        Duration age = Duration.between(at, now);
        if (maxAge.isZero()) {
            return own
                    ? Optional.empty()
                    : Optional.of("it holds the data of " + at + ", before it was asked for at " + asked
                            + "; give the backup a `maxAge` if such a one serves");
        }
        return age.compareTo(maxAge) <= 0
                ? Optional.empty()
                : Optional.of(
                        "it holds the data of " + at + ", " + words(age) + " ago > " + words(maxAge) + " (maxAge)");
    }

    private static String words(Duration time) {
        return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
}
