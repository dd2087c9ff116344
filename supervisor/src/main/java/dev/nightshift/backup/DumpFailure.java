package dev.nightshift.backup;

import dev.nightshift.run.Explanation;
import java.nio.file.Path;
import java.util.List;

/** Explains why a program of PostgreSQL did not make the dump, from what it complained about. */
final class DumpFailure {

    private static final String DOING = "dumping to ";
    private static final String NOTHING_WRITTEN = "the database is unchanged; the incomplete dump was removed";

    private DumpFailure() {}

    /** True when it gave up waiting for a lock; the statement is named in every language. */
    static boolean isLockWait(List<String> complaints) {
        return Complaints.mention(complaints, "LOCK TABLE");
    }

    static boolean isDiskFull(List<String> complaints) {
        return Complaints.mention(
                complaints, "No space left on device", "File too large", "Disk quota exceeded", "could not write");
    }

    /** True when the server went away or refused for the moment, so that another try makes sense. */
    static boolean isPassing(List<String> complaints) {
        return Complaints.mention(
                complaints,
                "server closed the connection unexpectedly",
                "Connection refused",
                "Connection timed out",
                "the database system is",
                "remaining connection slots are reserved",
                "too many clients",
                "terminating connection");
    }

    static Explanation explain(List<String> complaints, Path directory) {
        return new Explanation(
                "pg_dump failed: " + Complaints.of(complaints),
                DOING + directory,
                NOTHING_WRITTEN,
                "put right what it says, then `nightshift retry`");
    }

    static Explanation diskFull(String why, Path directory, Volume volume) {
        return new Explanation(
                "the backup's volume is full: " + why + " (" + volume.free() + " free)",
                DOING + directory,
                NOTHING_WRITTEN,
                "make room there, or name another backup directory, then `nightshift retry`");
    }

    static Explanation lockNotGranted(List<String> holders, int tries, Path directory) {
        String who = holders.isEmpty() ? "the session that held it is gone now" : String.join("; ", holders);
        return new Explanation(
                "a table could not be locked for reading in " + tries + " tries: " + who,
                DOING + directory,
                NOTHING_WRITTEN,
                "wait for that session or end it, then `nightshift retry`");
    }

    static Explanation notGood(List<String> problems, Path directory) {
        return new Explanation(
                "the backup is not good: " + String.join("; ", problems),
                "verifying " + directory,
                NOTHING_WRITTEN,
                "look at the volume and its log for errors, then `nightshift retry`");
    }

    static Explanation stopped(Path directory) {
        return new Explanation(
                "the dump was stopped",
                DOING + directory,
                NOTHING_WRITTEN,
                "nothing: it is taken anew when the run goes on");
    }
}
