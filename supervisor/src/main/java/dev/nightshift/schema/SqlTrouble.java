package dev.nightshift.schema;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Trouble;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says by SQLSTATE what the caller must do about an error of the server, and explains it. */
final class SqlTrouble {

    static final String LOCK_NOT_AVAILABLE = "55P03";
    static final String DEADLOCK_DETECTED = "40P01";
    static final String SERIALIZATION_FAILURE = "40001";
    static final String QUERY_CANCELED = "57014";
    static final String UNDEFINED_TABLE = "42P01";
    static final String INVALID_SCHEMA_NAME = "3F000";
    static final String UNIQUE_VIOLATION = "23505";
    static final String DUPLICATE_SCHEMA = "42P06";
    private static final String READ_ONLY = "25006";
    static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final String CANNOT_CONNECT_NOW = "57P03";
    private static final Set<String> REFUSED_LOGIN = Set.of("28P01", "28000", "3D000");
    private static final Set<String> SESSION_ENDED = Set.of("57P01", "57P02", "57P05", "25P03");

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

    /** True when the session is gone, so that what it was doing has to be looked up. */
    static boolean isConnectionLost(@Nullable Throwable failure) {
        String state = find(failure).map(SQLException::getSQLState).orElse("");
        return state.startsWith("08") || SESSION_ENDED.contains(state);
    }

    /**
     * Explains an error met while nothing had been changed yet, or everything had been rolled back.
     *
     * @param state what state the database is in now
     */
    static Trouble of(SQLException e, String doing, String state) {
        String code = String.valueOf(e.getSQLState());
        String message = firstLine(e);
        if (REFUSED_LOGIN.contains(code)) {
            return permanent(
                    e,
                    "the database refused the login: " + message,
                    doing,
                    state,
                    "check user, database name and password (PGPASSWORD, PGPASSFILE or ~/.pgpass)");
        }
        if (code.equals(READ_ONLY)) {
            return permanent(
                    e,
                    "the server or the role is read-only: " + message,
                    doing,
                    state,
                    "connect to the primary with a role that may write");
        }
        if (code.equals(INSUFFICIENT_PRIVILEGE)) {
            return permanent(
                    e,
                    "a privilege is missing: " + message,
                    doing,
                    state,
                    "grant it, or connect as a role that has it");
        }
        if (code.startsWith("08") || code.equals(CANNOT_CONNECT_NOW) || SESSION_ENDED.contains(code)) {
            return new Transient(
                    new Explanation(
                            "the database does not answer: " + message,
                            doing,
                            state,
                            "check host, port and network; it is tried again"),
                    e);
        }
        if (code.equals(TOO_MANY_CONNECTIONS)) {
            return new Transient(
                    new Explanation(
                            "the server has no connection left: " + message,
                            doing,
                            state,
                            "free connections or raise max_connections; it is tried again"),
                    e);
        }
        if (code.equals(LOCK_NOT_AVAILABLE) || code.equals(DEADLOCK_DETECTED) || code.equals(SERIALIZATION_FAILURE)) {
            return new Transient(
                    new Explanation(
                            "a lock was not to be had: " + message,
                            doing,
                            state,
                            "wait for the other session or end it; it is tried again"),
                    e);
        }
        return permanent(
                e,
                "PostgreSQL said: " + message + " (" + code + ")",
                doing,
                state,
                "put right what it says, then start again");
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
