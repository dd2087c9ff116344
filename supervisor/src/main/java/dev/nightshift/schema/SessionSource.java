package dev.nightshift.schema;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens sessions that all bear one application name and have all passed the same admission. */
final class SessionSource implements DataSource {

    /** What every new session must pass before its first statement is sent for others. */
    interface Admission {
        void admit(Connection session) throws SQLException;
    }

    private final Login login;
    private final String name;
    private final Duration patience;
    private final Admission admission;

    /** @param patience how long an answer of the server may take before the connection counts as lost */
    SessionSource(Login login, String name, Duration patience, Admission admission) {
        this.login = login;
        this.name = name;
        this.patience = patience;
        this.admission = admission;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection session = DriverManager.getConnection(login.url(), login.properties(name, patience));
        try {
            admission.admit(session);
            return session;
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("sessions are opened as " + login.user() + " only");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        // Failures are thrown; there is no other log.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // The connect timeout stands in the login.
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("no log");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
