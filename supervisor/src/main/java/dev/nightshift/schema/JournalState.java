package dev.nightshift.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What one look at the database says about the journal in it.
 *
 * @param version of the installed journal; 0 when there is none
 * @param writable false on a standby, and where the role or the database is set to read-only
 */
record JournalState(int version, boolean standby, boolean writable) {

    /** The journal that this program writes: the number of the last file in {@code db/nightshift}. */
    static final int WANTED = 1;

    private static final String SERVER = "pg_is_in_recovery(), current_setting('transaction_read_only') = 'off'";
    private static final String INSTALLED = "SELECT coalesce(max(version::int), 0), " + SERVER
            + " FROM nightshift.schema_history WHERE success AND version ~ '^[0-9]{1,6}$'";

    /** Costs one query where a journal is installed, and two where none is. */
    static JournalState read(Connection session) throws SQLException {
        try {
            return ask(session, INSTALLED);
        } catch (SQLException e) {
            if (SqlTrouble.isState(e, SqlTrouble.UNDEFINED_TABLE, SqlTrouble.INVALID_SCHEMA_NAME)) {
                return ask(session, "SELECT 0, " + SERVER);
            }
            throw e;
        }
    }

    private static JournalState ask(Connection session, String query) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return new JournalState(row.getInt(1), row.getBoolean(2), row.getBoolean(3));
        }
    }
}
