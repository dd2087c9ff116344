package dev.nightshift.view;

import java.time.Instant;

/**
 * One line of a run's history.
 *
 * @param id grows with time; 0 when it is not known
 * @param kind a word to search by: {@code state}, {@code slowed}, {@code held} …
 */
public record EventView(long id, Instant at, String kind, String subject, String message) {

    /** The message in one line: of what a tool printed, its last. */
    public String line() {
        return message.lines().reduce("", (before, line) -> line);
    }
}
