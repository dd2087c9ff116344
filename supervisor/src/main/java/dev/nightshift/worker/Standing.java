package dev.nightshift.worker;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a worker learns with each heartbeat.
 *
 * @param ours the claim is still the run's own
 * @param permitted a live permit is there
 * @param walRate its WAL bytes a second, empty when unlimited or there is none
 * @param beforeStep the ordinal of the step that may not begin now, nor any after it; empty when any may
 * @param supervised a supervisor holds the lease of this database
 */
public record Standing(
        boolean ours, boolean permitted, OptionalLong walRate, OptionalInt beforeStep, boolean supervised) {

    /** Any step may begin where one may. */
    public Standing(boolean ours, boolean permitted, OptionalLong walRate, boolean supervised) {
        this(ours, permitted, walRate, OptionalInt.empty(), supervised);
    }

    /** Whether the step of that ordinal may begin or go on now. */
    boolean permits(int ordinal) {
        return permitted && (beforeStep.isEmpty() || ordinal < beforeStep.getAsInt());
    }
}
