package dev.nightshift.postgres;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a session sets for itself instead of inheriting it from a role, a database or a server.
 *
 * @param name the application_name, sent with the first packet
 * @param statementTimeout zero for none
 * @param lockTimeout zero for none
 * @param transactionTimeout on 17 and later, zero for none
 * @param localCommit commits do not wait for a synchronous standby: for control writes, which a frozen standby must not
 *     keep from being recorded
 * @param more further settings, each as {@code pg_settings.setting} shows it
 */
public record SessionSettings(
        String name,
        Duration statementTimeout,
        Duration lockTimeout,
        Duration transactionTimeout,
        boolean localCommit,
        Map<String, String> more) {

    /** An identifier longer than this is cut by the server, and nobody would find the session again. */
    private static final int LONGEST_NAME = 63;

    /**
     * A batch reads its rows through the key and in its order, or by their place in the table, however large the planner
     * believes the rest of the table to be; a generic plan does not know how few rows a batch wants.
     */
    private static final Map<String, String> OF_BATCHES = Map.of(
            "enable_seqscan", "off",
            "enable_sort", "off",
            "plan_cache_mode", "force_custom_plan",
            "jit", "off",
            "max_parallel_workers_per_gather", "0");

    public SessionSettings {
        if (name.isEmpty() || name.length() > LONGEST_NAME || !name.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException(
                    "expected a session name of 1 to 63 printable ASCII characters, found '" + name + "'");
        }
        more = Map.copyOf(more);
    }

    /** For short reads and writes of the journal. */
    public static SessionSettings control(String name) {
        Duration whole = Duration.ofSeconds(3);
        return new SessionSettings(name, whole, Duration.ofSeconds(1), whole.multipliedBy(2), true, Map.of());
    }

    /**
     * For batches that should take {@code target}: a lock timeout far below any deadlock_timeout, so that the
     * application is never the victim, and plans that never read a whole table.
     */
    public static SessionSettings batch(String name, Duration target) {
        Duration whole = target.multipliedBy(4);
        return new SessionSettings(name, whole, Duration.ofMillis(200), whole.multipliedBy(2), false, OF_BATCHES);
    }

    /** For statements that run as long as they need and wait as long as they must; they are watched instead. */
    public static SessionSettings patient(String name) {
        return new SessionSettings(name, Duration.ZERO, Duration.ZERO, Duration.ZERO, false, Map.of());
    }

    /** For statements that run as long as they need, but do not keep others waiting behind their lock. */
    public static SessionSettings impatient(String name, Duration lockTimeout) {
        return new SessionSettings(name, Duration.ZERO, lockTimeout, Duration.ZERO, false, Map.of());
    }

    /** For what a person wrote for a session of its own: names without a schema mean what they usually do. */
    static SessionSettings script(String name) {
        Map<String, String> usual = Map.of(
                "search_path", "\"$user\", public",
                "idle_session_timeout", "0",
                "idle_in_transaction_session_timeout", "0");
        return new SessionSettings(name, Duration.ZERO, Duration.ZERO, Duration.ZERO, false, usual);
    }

    /** For queries that change nothing and end by themselves. */
    public static SessionSettings reading(String name, Duration statementTimeout) {
        return new SessionSettings(
                name,
                statementTimeout,
                Duration.ofSeconds(1),
                statementTimeout.multipliedBy(2),
                true,
                Map.of("default_transaction_read_only", "on"));
    }

    /** Each setting as {@code pg_settings.setting} will show it; all are known to 14 and later. */
    Map<String, String> asStartupParameters() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("application_name", name);
        all.put("client_encoding", "UTF8");
        all.put("statement_timeout", millis(statementTimeout));
        all.put("lock_timeout", millis(lockTimeout));
        all.put("idle_in_transaction_session_timeout", "5000");
        all.put("idle_session_timeout", "60000");
        all.put("client_connection_check_interval", "1000");
        all.put("default_transaction_isolation", "read committed");
        all.put("default_transaction_read_only", "off");
        all.put("default_transaction_deferrable", "off");
        all.put("search_path", "pg_catalog");
        all.put("row_security", "off");
        all.put("synchronous_commit", localCommit ? "local" : "on");
        all.put("TimeZone", "UTC");
        all.put("DateStyle", "ISO, MDY");
        all.put("IntervalStyle", "postgres");
        all.put("extra_float_digits", "1");
        all.put("bytea_output", "hex");
        all.putAll(more);
        return all;
    }

    /** Settings of the connection itself: a server on another system may not know them, so they are not read back. */
    static Map<String, String> tcpParameters() {
        return Map.of(
                "tcp_keepalives_idle", "5",
                "tcp_keepalives_interval", "2",
                "tcp_keepalives_count", "3",
                "tcp_user_timeout", "10000");
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
