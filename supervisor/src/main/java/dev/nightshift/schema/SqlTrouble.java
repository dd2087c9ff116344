package dev.nightshift.schema;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.SqlState;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Trouble;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says by SQLSTATE what the caller must do about an error of the server, and explains it. */
final class SqlTrouble {

    static final String UNDEFINED_TABLE = "42P01";
    static final String INVALID_SCHEMA_NAME = "3F000";
    static final String UNIQUE_VIOLATION = "23505";
    static final String DUPLICATE_SCHEMA = "42P06";

    private SqlTrouble() {}

    /** The first error of the server, or of the connection to it, among the causes. */
    static Optional<SQLException> find(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    static boolean isState(@Nullable Throwable failure, String... states) {
        return find(failure)
                .map(SQLException::getSQLState)
                .filter(Set.of(states)::contains)
                .isPresent();
    }

    /** Whether the first error of the server means one of these. */
    static boolean means(@Nullable Throwable failure, SqlState... states) {
        return find(failure)
                .map(SQLException::getSQLState)
                .map(SqlState::of)
                .filter(Set.of(states)::contains)
                .isPresent();
    }

    /** True when the session is gone, so that what it was doing has to be looked up. */
    static boolean isConnectionLost(@Nullable Throwable failure) {
        return means(failure, SqlState.CONNECTION_LOST, SqlState.PROTOCOL);
    }

    /** True when somebody else was in the way, and may be no more. */
    static boolean isInTheWay(@Nullable Throwable failure) {
        return means(failure, SqlState.LOCK_TIMEOUT, SqlState.DEADLOCK, SqlState.SERIALIZATION);
    }

    /**
     * Explains an error met while nothing had been changed yet, or everything had been rolled back.
     *
     * @param state what state the database is in now
     */
    static Trouble of(SQLException e, String doing, String state) {
        String message = firstLine(e);
        return switch (SqlState.of(String.valueOf(e.getSQLState()))) {
            case LOGIN_REFUSED, NO_SUCH_DATABASE ->
                permanent(
                        e,
                        "the database refused the login: " + message,
                        doing,
                        state,
                        "check user, database name and password (PGPASSWORD, PGPASSFILE or ~/.pgpass)");
            case READ_ONLY ->
                permanent(
                        e,
                        "the server or the role is read-only: " + message,
                        doing,
                        state,
                        "connect to the primary with a role that may write");
            case PRIVILEGE ->
                permanent(
                        e,
                        "a privilege is missing: " + message,
                        doing,
                        state,
                        "grant it, or connect as a role that has it");
            case CONNECTION_LOST, UNREACHABLE, PROTOCOL ->
                passing(
                        e,
                        "the database does not answer: " + message,
                        doing,
                        state,
                        "check host, port and network; it is tried again");
            case TOO_MANY_CONNECTIONS ->
                passing(
                        e,
                        "the server has no connection left: " + message,
                        doing,
                        state,
                        "free connections or raise max_connections; it is tried again");
            case LOCK_TIMEOUT, DEADLOCK, SERIALIZATION ->
                passing(
                        e,
                        "a lock was not to be had: " + message,
                        doing,
                        state,
                        "wait for the other session or end it; it is tried again");
            default ->
                permanent(
                        e,
                        "PostgreSQL said: " + message + " (" + e.getSQLState() + ")",
                        doing,
                        state,
                        "put right what it says, then start again");
        };
    }

    private static Transient passing(SQLException e, String what, String doing, String state, String todo) {
        return new Transient(new Explanation(what, doing, state, todo), e);
    }

    private static Permanent permanent(SQLException e, String what, String doing, String state, String todo) {
        return new Permanent(new Explanation(what, doing, state, todo), e);
    }

    /** The server's message without severity, detail and position, which may hold values of rows. */
    static String firstLine(Throwable e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return message.replaceFirst("^(ERROR|FATAL|PANIC): ", "");
    }
}
