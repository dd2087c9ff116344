package dev.nightshift.guards.preflight;

import dev.nightshift.guards.reading.ByteSize;
import java.util.Optional;

/**
 * What can be told from this machine.
 *
 * @param dumpProgram {@code pg_dump 15.18 in /usr/lib/postgresql/15/bin}; empty where the plan takes no backup
 * @param serverDisk free bytes where the server keeps its data
 */
public record Machine(Fact<Optional<String>> dumpProgram, Fact<Volume> serverDisk) {

    /** Room on a file system. */
    public record Volume(String place, ByteSize free) {}
}
