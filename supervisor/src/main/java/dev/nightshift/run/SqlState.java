package dev.nightshift.run;

import java.util.Map;

/**
 * What an error of the server or of the connection to it means for whoever asked: the one table over SQLSTATE, for every
 * driver, never over texts.
 */
public enum SqlState {
    /** The host has no address. */
    UNKNOWN_HOST(true),
    /** Nobody answers there, or the server is starting up or shutting down. */
    UNREACHABLE(true),
    /** The connection ended in between: what was in flight may or may not have happened. */
    CONNECTION_LOST(true),
    TOO_MANY_CONNECTIONS(true),
    LOCK_TIMEOUT(true),
    DEADLOCK(true),
    SERIALIZATION(true),
    /** Cancelled by a timeout or by somebody. */
    CANCELLED(true),
    DISK_FULL(true),
    OUT_OF_MEMORY(true),
    /** A standby, or a server set to reject writes: look for the primary again. */
    READ_ONLY(true),
    /** The object is in use in a way that may pass. */
    IN_USE(true),
    /** It, or what it calls, wants to be outside any transaction. */
    NOT_IN_TRANSACTION(false),
    LOGIN_REFUSED(false),
    /** The two sides cannot agree on encryption, or the certificate is not the one expected. */
    TLS(false),
    NO_SUCH_DATABASE(false),
    PRIVILEGE(false),
    MISSING(false),
    ALREADY_THERE(false),
    /** A value does not fit: out of range, of another form, or against a constraint. */
    DATA(false),
    SYNTAX(false),
    /** The server, or something between, does not speak as expected; a pooler in the way ends here. */
    PROTOCOL(false),
    OTHER(false);

    private static final Map<String, SqlState> EXACT = Map.ofEntries(
            Map.entry("55P03", LOCK_TIMEOUT),
            Map.entry("40P01", DEADLOCK),
            Map.entry("40001", SERIALIZATION),
            Map.entry("57014", CANCELLED),
            Map.entry("25P04", CANCELLED),
            Map.entry("57P01", CONNECTION_LOST),
            Map.entry("57P02", CONNECTION_LOST),
            Map.entry("57P03", UNREACHABLE),
            Map.entry("57P05", CONNECTION_LOST),
            Map.entry("25P03", CONNECTION_LOST),
            Map.entry("08P01", PROTOCOL),
            Map.entry("0A000", SYNTAX),
            Map.entry("53100", DISK_FULL),
            Map.entry("53200", OUT_OF_MEMORY),
            Map.entry("53300", TOO_MANY_CONNECTIONS),
            Map.entry("25006", READ_ONLY),
            Map.entry("55006", IN_USE),
            Map.entry("25001", NOT_IN_TRANSACTION),
            Map.entry("2D000", NOT_IN_TRANSACTION),
            Map.entry("3D000", NO_SUCH_DATABASE),
            Map.entry("57P04", NO_SUCH_DATABASE),
            Map.entry("3F000", MISSING),
            Map.entry("42P01", MISSING),
            Map.entry("42703", MISSING),
            Map.entry("42704", MISSING),
            Map.entry("42883", MISSING),
            Map.entry("42501", PRIVILEGE),
            Map.entry("42P04", ALREADY_THERE),
            Map.entry("42P06", ALREADY_THERE),
            Map.entry("42P07", ALREADY_THERE),
            Map.entry("42701", ALREADY_THERE),
            Map.entry("42710", ALREADY_THERE));

    private static final Map<String, SqlState> CLASSES = Map.ofEntries(
            Map.entry("08", CONNECTION_LOST),
            Map.entry("28", LOGIN_REFUSED),
            Map.entry("22", DATA),
            Map.entry("23", DATA),
            Map.entry("44", DATA),
            Map.entry("42", SYNTAX));

    private final boolean passing;

    SqlState(boolean passing) {
        this.passing = passing;
    }

    /** Whether it may work when tried again a little later. */
    public boolean passing() {
        return passing;
    }

    /** {@code OTHER} for what the table does not know. */
    public static SqlState of(String sqlState) {
        SqlState exact = EXACT.get(sqlState);
        return exact != null
                ? exact
                : CLASSES.getOrDefault(sqlState.substring(0, Math.min(2, sqlState.length())), OTHER);
    }
}
