package dev.nightshift.schema;

import dev.nightshift.worker.Attempt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The statement outside a transaction that was sent last, as the step's row has it: nothing else can tell, after a
 * crash, how far such a migration got.
 *
 * @param script file name of the migration
 * @param checksum that the file had
 * @param statement which of its statements, from 0
 * @param index what it builds, where the catalog can tell
 * @param unanswered the server has not said how it ended, and no person has said "again"
 */
record Unfinished(String script, int checksum, int statement, Optional<ConcurrentIndex> index, boolean unanswered) {

    private static final String READ = """
            SELECT s.detail -> 'sent' IS NOT NULL AS unanswered, m ->> 'script' AS script,
                (m ->> 'checksum')::int AS checksum, (m ->> 'statement')::int AS statement,
                (m ->> 'table')::bigint AS tab, m ->> 'index' AS index, (m ->> 'before')::bigint AS before
            FROM nightshift.steps s, LATERAL (SELECT s.detail -> 'migration' AS m) one
            WHERE s.run_id = ? AND s.name = ? AND m IS NOT NULL""";

    /** {@code sent} goes away when the server answers, and when a person lets the step run again. */
    private static final String SENDING = """
            UPDATE nightshift.steps s SET detail = s.detail || jsonb_build_object('sent', '{}'::jsonb, 'migration',
                jsonb_build_object('script', ?::text, 'checksum', ?::int, 'statement', ?::int, 'table', ?::bigint,
                    'index', ?::text, 'before', ?::bigint))
            WHERE s.run_id = ? AND s.name = ? AND EXISTS (SELECT FROM mine)""";

    private static final String ANSWERED =
            "UPDATE nightshift.steps s SET detail = s.detail - 'sent' WHERE s.run_id = ? AND s.name = ?"
                    + " AND EXISTS (SELECT FROM mine)";

    private static final String SETTLED =
            "UPDATE nightshift.steps s SET detail = s.detail - 'sent' - 'migration' WHERE s.run_id = ? AND s.name = ?"
                    + " AND EXISTS (SELECT FROM mine)";

    static Optional<Unfinished> read(Connection session, Attempt attempt, String step) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(READ)) {
            statement.setString(1, attempt.claim().run().text());
            statement.setString(2, step);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(of(row)) : Optional.empty();
            }
        }
    }

    private static Unfinished of(ResultSet row) throws SQLException {
        String name = row.getString("index");
        Optional<ConcurrentIndex> index = name == null
                ? Optional.empty()
                : Optional.of(new ConcurrentIndex(row.getLong("tab"), name, row.getLong("before")));
        return new Unfinished(
                row.getString("script"),
                row.getInt("checksum"),
                row.getInt("statement"),
                index,
                row.getBoolean("unanswered"));
    }

    /** Writes down that the statement is about to be sent; false when the claim is lost or there is no live permit. */
    boolean sending(Connection session, Attempt attempt, String step) throws SQLException {
        try (PreparedStatement update = session.prepareStatement(mine(attempt.lockSql()) + SENDING)) {
            update.setString(1, script);
            update.setInt(2, checksum);
            update.setInt(3, statement);
            update.setObject(4, index.map(ConcurrentIndex::table).orElse(null), java.sql.Types.BIGINT);
            update.setString(5, index.map(ConcurrentIndex::name).orElse(null));
            update.setObject(6, index.map(ConcurrentIndex::before).orElse(null), java.sql.Types.BIGINT);
            update.setString(7, attempt.claim().run().text());
            update.setString(8, step);
            return update.executeUpdate() == 1;
        }
    }

    /** The server itself said how the statement ended. */
    static void answered(Connection session, Attempt attempt, String step) throws SQLException {
        change(session, attempt, step, ANSWERED);
    }

    /** What it left is cleared away, or it is part of an applied migration. */
    static void settled(Connection session, Attempt attempt, String step) throws SQLException {
        change(session, attempt, step, SETTLED);
    }

    private static void change(Connection session, Attempt attempt, String step, String sql) throws SQLException {
        try (PreparedStatement update = session.prepareStatement(mine(attempt.checkSql()) + sql)) {
            update.setString(1, attempt.claim().run().text());
            update.setString(2, step);
            update.executeUpdate();
        }
    }

    private static String mine(String claim) {
        return "WITH mine AS MATERIALIZED (" + claim + ") ";
    }
}
