package dev.nightshift.worker;

import java.util.OptionalLong;

/**
 * What a worker learns with each heartbeat.
 *
 * @param ours the claim is still the run's own
 * @param permitted a live permit is there
 * @param walRate its WAL bytes a second, empty when unlimited or there is none
 * @param supervised a supervisor holds the lease of this database
 */
public record Standing(boolean ours, boolean permitted, OptionalLong walRate, boolean supervised) {}
