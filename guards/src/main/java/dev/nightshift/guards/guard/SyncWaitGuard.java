package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.OwnSession;
import java.time.Duration;
import java.util.List;

/**
 * A session of ours whose commit waits for a synchronous standby: no timeout ends that, and it keeps its row locks. Two
 * samples in the same statement make a wait; one may be any short commit.
 */
final class SyncWaitGuard implements Guard {
    /** The two ages are told by two readings of a clock. */
    private static final Duration TOLERANCE = Duration.ofMillis(50);

    @Override
    public GuardKind kind() {
        return GuardKind.SYNC_WAIT;
    }

    @Override
    public List<Measure> measure(Facts facts) {
        return facts.sample().own().stream()
                .filter(SyncWaitGuard::waits)
                .filter(session ->
                        facts.before(session).filter(SyncWaitGuard::waits).isPresent())
                .filter(session -> sameStatement(session, facts.elapsed()))
                .map(session -> Measure.lasting(session.role() + " " + session.pid(), "waits", facts.elapsed()))
                .toList();
    }

    private static boolean waits(OwnSession session) {
        return "SyncRep".equals(session.waitEvent());
    }

    private static boolean sameStatement(OwnSession session, Duration elapsed) {
        Duration age = session.queryAge();
        return age != null && age.plus(TOLERANCE).compareTo(elapsed) >= 0;
    }
}
