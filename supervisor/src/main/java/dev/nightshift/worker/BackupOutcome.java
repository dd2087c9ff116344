package dev.nightshift.worker;

/**
 * A verified backup.
 *
 * @param id of its row in the journal
 * @param summary what people read: how it was verified, its size, its place
 */
public record BackupOutcome(String id, String summary) {}
