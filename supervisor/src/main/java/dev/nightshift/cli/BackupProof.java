package dev.nightshift.cli;

import java.nio.file.Path;
import java.util.List;

/** Looks whether a backup on disk is whole and can be read. */
public interface BackupProof {

    /** What is wrong with the dump in this directory; empty when it is good. */
    List<String> flaws(Path directory);
}
