package dev.nightshift.postgres;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.SqlState;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Trouble;
import io.vertx.pgclient.PgException;
import java.util.Locale;

/** Turns whatever the client throws into one of the three troubles, with the four lines that a person reads. */
public final class PgFailures {

    private PgFailures() {}

    /**
     * The trouble for work that changes nothing when it fails, or whose outcome stands in the journal.
     *
     * @param doing what was tried, as in "while: …"
     * @param state what state the database is in now
     */
    public static Trouble trouble(Throwable failure, String doing, String state) {
        if (failure instanceof Trouble trouble) {
            return trouble;
        }
        Explanation explanation = explain(failure, doing, state);
        return SqlStates.of(failure).passing()
                ? new Transient(explanation, failure)
                : new Permanent(explanation, failure);
    }

    public static Explanation explain(Throwable failure, String doing, String state) {
        SqlState kind = failure instanceof StandbyFound ? SqlState.READ_ONLY : SqlStates.of(failure);
        return new Explanation(what(failure), doing, state, todo(kind));
    }

    /** One line: the server's words and its SQLSTATE, or what the connection said. */
    public static String what(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof PgException server) {
                String detail = server.getDetail() == null ? "" : " (" + server.getDetail() + ")";
                return oneLine("PostgreSQL: " + server.getErrorMessage() + detail + " [" + server.getSqlState() + "]");
            }
        }
        String said = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return oneLine(
                switch (SqlStates.of(failure)) {
                    case UNKNOWN_HOST -> "the host name has no address: " + said;
                    case UNREACHABLE -> "nobody answers: " + said;
                    case CONNECTION_LOST -> "the connection ended: " + said;
                    default -> said;
                });
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 400 ? line : line.substring(0, 399) + "…";
    }

    private static String todo(SqlState kind) {
        return switch (kind) {
            case UNKNOWN_HOST, UNREACHABLE -> "check host and port of the URL, and that the server is up";
            case CONNECTION_LOST ->
                "nothing: it is tried again; if it goes on, look at the server's log and the network";
            case TOO_MANY_CONNECTIONS ->
                "free connections, or raise max_connections or reserved_connections; to stop a run without one, end its"
                        + " supervisor: nothing is written from 7 s later";
            case LOCK_TIMEOUT, DEADLOCK, SERIALIZATION, IN_USE ->
                "nothing: it is tried again when others have finished";
            case CANCELLED -> "find out who cancelled it, or whether it is too slow for its timeout";
            case DISK_FULL -> "free space on the database server";
            case OUT_OF_MEMORY -> "look at memory and max_locks_per_transaction of the server";
            case READ_ONLY -> "name the primary in the URL";
            case LOGIN_REFUSED ->
                "check user and password (NIGHTSHIFT_PASSWORD, PGPASSWORD, "
                        + "NIGHTSHIFT_PASSWORD_FILE, ~/.pgpass) and the server's pg_hba.conf";
            case TLS -> "check sslmode and sslrootcert of the URL against the server's certificate";
            case NO_SUCH_DATABASE -> "check the database's name in the URL";
            case PRIVILEGE -> "grant the role what it lacks";
            case MISSING -> "check the names, with their schema";
            case ALREADY_THERE -> "see whether it is already done, and take the step out then";
            case DATA -> "correct the expression or the rows";
            case SYNTAX -> "correct the SQL";
            case NOT_IN_TRANSACTION -> "run it outside a transaction";
            case PROTOCOL -> "connect to PostgreSQL itself: a pooler in between does not keep a session's settings";
            case OTHER -> "see the server's log";
        };
    }

    /** How long something takes, for sentences: {@code 3 s}, {@code 250 ms}. */
    static String words(java.time.Duration duration) {
        return duration.toMillis() < 1000
                ? duration.toMillis() + " ms"
                : String.format(Locale.ROOT, "%d s", duration.toSeconds());
    }
}
