package dev.nightshift.schema;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.Transient;
import dev.nightshift.worker.Attempt;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Asks the journal, in the session that is about to work, whether it still may. */
final class ClaimCheck {

    private ClaimCheck() {}

    /**
     * For each new session, before its first statement.
     *
     * @throws Transient when another worker or an abort took over
     */
    static void own(Connection session, Attempt attempt) throws SQLException {
        if (!answers(session, attempt.checkSql())) {
            throw new Transient(new Explanation(
                    "another worker or an abort took over",
                    "applying migrations",
                    "as the migration before left it",
                    "nothing: whoever took over goes on"));
        }
    }

    /**
     * Locks the claim for the session's transaction, so that whoever takes over waits for its end.
     *
     * @return false when there is no live permit now
     * @throws Transient when another worker or an abort took over
     */
    static boolean lock(Connection session, Attempt attempt) throws SQLException {
        if (answers(session, attempt.lockSql())) {
            return true;
        }
        own(session, attempt);
        return false;
    }

    private static boolean answers(Connection session, String question) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            return row.next();
        }
    }
}
