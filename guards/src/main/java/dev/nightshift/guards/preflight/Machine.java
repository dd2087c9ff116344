package dev.nightshift.guards.preflight;

import dev.nightshift.guards.reading.ByteSize;
import java.util.Optional;

/**
 * What can be told from this machine.
 *
 * @param dumpProgram {@code pg_dump 15.18 in /usr/lib/postgresql/15/bin}; empty where the plan takes no backup
 * @param dumpRoom empty where no dump is to be written
 * @param serverDisk free bytes where the server keeps its data
 */
public record Machine(Fact<Optional<String>> dumpProgram, Optional<Fact<DumpRoom>> dumpRoom, Fact<Volume> serverDisk) {

    /** Room on a file system. */
    public record Volume(String place, ByteSize free) {}

    /**
     * Room for a dump.
     *
     * @param expected size of the dump
     * @param fullness of the volume with it, 0 to 1
     * @param fullest that it may be
     */
    public record DumpRoom(
            String place, boolean writable, ByteSize expected, ByteSize free, double fullness, double fullest) {}
}
