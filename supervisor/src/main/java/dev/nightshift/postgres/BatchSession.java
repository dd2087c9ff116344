package dev.nightshift.postgres;

import dev.nightshift.worker.Attempt;
import java.time.Duration;

/** Opens the session for batches. */
final class BatchSession {

    private BatchSession() {}

    /**
     * Its lock timeout is always below half of deadlock_timeout: whoever waits longer than that for a lock looks for a
     * deadlock, and must not find one that we would have left a moment later.
     */
    static PgSession open(PgSessions sessions, SessionSettings settings, Attempt attempt) {
        PgSession session = WorkSessions.open(sessions, settings, attempt);
        try {
            String setting = session.run(
                            "SELECT setting FROM pg_settings WHERE name = 'deadlock_timeout'", ControlLine.PATIENCE)
                    .iterator()
                    .next()
                    .getString(0);
            Duration half = Duration.ofMillis(Long.parseLong(setting) / 2 - 1);
            if (half.compareTo(settings.lockTimeout()) < 0) {
                session.run("SET lock_timeout = " + Math.max(1, half.toMillis()), ControlLine.PATIENCE);
            }
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw WorkSessions.trouble(e, "preparing the session for batches", "as the journal's cursor says");
        }
    }
}
