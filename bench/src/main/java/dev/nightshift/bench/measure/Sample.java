package dev.nightshift.bench.measure;

/**
 * Where the primary's WAL ended, and how far the standby had replayed it, at one instant.
 *
 * @param micros of the wall clock, which the servers of this machine share
 */
public record Sample(long micros, long written, long replayed) {}
