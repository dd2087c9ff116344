package dev.nightshift.guards.preflight;

import dev.nightshift.guards.preflight.Replication.Archiver;
import dev.nightshift.guards.reading.ByteSize;
import java.util.List;

/** While archiving fails no WAL is removed, and there is no way back to a point in time. */
final class ArchiverCheck {

    /** As GitLab does before it lets background migrations run: docs.gitlab.com, batched background migrations. */
    private static final long MOST_PENDING = 42;

    private static final String REMEDY = "repair archive_command or the archive, and see the server's log";

    private ArchiverCheck() {}

    static List<Answer> judge(Situation situation) {
        Archiver archiver = situation.replication().archiver();
        if (!archiver.on()) {
            return List.of(Answer.pass("archiving is off"));
        }
        if (archiver.failing()) {
            return List.of(Answer.fail("archiving fails: " + archiver.note(), REMEDY));
        }
        return List.of(
                archiver.pending() > MOST_PENDING
                        ? Answer.fail("segments waiting " + archiver.pending() + " > " + MOST_PENDING, REMEDY)
                        : Answer.pass("segments waiting " + archiver.pending() + " of " + MOST_PENDING
                                + expected(situation.work().wal())));
    }

    private static String expected(double wal) {
        return wal < 1 ? "" : ", " + new ByteSize(Math.round(wal)) + " more are expected";
    }
}
