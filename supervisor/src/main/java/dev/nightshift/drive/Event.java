package dev.nightshift.drive;

/**
 * One line of a run's history.
 *
 * @param kind a word to search by: {@code state}, {@code slowed}, {@code held}, {@code released}, {@code command} …
 * @param subject whom or what it is about, may be empty
 * @param message the sentence that a person reads
 */
public record Event(String kind, String subject, String message) {}
