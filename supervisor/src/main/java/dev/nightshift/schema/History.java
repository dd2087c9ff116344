package dev.nightshift.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Flyway's own table of what was applied, where Flyway's commands are not fine enough. */
final class History {

    static final String TABLE = "flyway_schema_history";

    private static final String FIND =
            "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE n.nspname = current_schema() AND c.relname = '" + TABLE + "'";

    /** "Flyway" in ASCII and the hash of the table's quoted name, as Flyway computes the key of its lock. */
    private static final long LOCK = 0x466C79776179L;

    private static final String HOLDER = """
            SELECT 'pid ' || l.pid || coalesce(' (' || nullif(a.application_name, '') || ', ' || a.usename || ')', '')
            FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.pid <> pg_backend_pid() AND l.objsubid = 1
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND (l.classid::bigint << 32) | l.objid::bigint = ?""";

    private final Connection session;
    private final Optional<String> table;

    private History(Connection session, Optional<String> table) {
        this.session = session;
        this.table = table;
    }

    static History of(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(FIND)) {
            return new History(session, row.next() ? Optional.of(row.getString(1)) : Optional.empty());
        }
    }

    /** The scripts of migrations that failed outside a transaction. */
    List<String> failed() throws SQLException {
        return scripts("NOT success");
    }

    boolean applied(String script) throws SQLException {
        return scripts("success").contains(script);
    }

    private List<String> scripts(String condition) throws SQLException {
        List<String> scripts = new ArrayList<>();
        if (table.isPresent()) {
            try (Statement statement = session.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT script FROM " + table.get() + " WHERE version IS NOT NULL AND " + condition)) {
                while (row.next()) {
                    scripts.add(row.getString(1));
                }
            }
        }
        return scripts;
    }

    /** Takes away the row of that one failure, and nothing else; Flyway's repair would also accept changed files. */
    void forgetFailed(String script) throws SQLException {
        if (table.isPresent()) {
            try (PreparedStatement delete =
                    session.prepareStatement("DELETE FROM " + table.get() + " WHERE NOT success AND script = ?")) {
                delete.setString(1, script);
                delete.executeUpdate();
            }
        }
    }

    /** Another Flyway that migrates this schema at this moment. */
    Optional<String> lockHolder() throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(HOLDER)) {
            statement.setLong(1, LOCK + quotedName().hashCode());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    private String quotedName() throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_schema()")) {
            row.next();
            return "\"" + row.getString(1) + "\".\"" + TABLE + "\"";
        }
    }
}
