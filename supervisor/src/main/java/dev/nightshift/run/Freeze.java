package dev.nightshift.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * A change freeze of a whole database: while one is on, no window counts as open there.
 *
 * @param by who froze it, {@code user@host}
 * @param until when it ends by itself; empty when only a thaw ends it
 */
public record Freeze(long number, String reason, String by, String from, Instant at, Optional<Instant> until) {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** {@code frozen by anna@desk until 2026-12-27 06:00 UTC: year-end closing}. */
    public String words() {
        return "frozen by " + by
                + until.map(end -> " until " + MINUTE.format(end)).orElse("") + ": " + reason;
    }
}
