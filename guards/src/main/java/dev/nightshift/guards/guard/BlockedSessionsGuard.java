package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.BlockedSession;
import java.util.Comparator;
import java.util.List;

/** Sessions of others that wait for a lock of ours; how long each has waited counts, not how often we looked. */
final class BlockedSessionsGuard implements Guard {

    @Override
    public GuardKind kind() {
        return GuardKind.BLOCKED_SESSIONS;
    }

    @Override
    public List<Measure> measure(Facts facts) {
        List<BlockedSession> blocked = facts.sample().blocked();
        String longest = blocked.stream()
                .max(Comparator.comparing(BlockedSession::waited))
                .map(BlockedSessionsGuard::named)
                .orElse("");
        return List.of(Measure.of("by us", blocked.size())
                .aged(blocked.stream().map(BlockedSession::waited).toList())
                .noting(longest));
    }

    private static String named(BlockedSession session) {
        String application = session.application().isEmpty() ? "a session" : session.application();
        return application + " (pid " + session.victim() + ") has waited " + Unit.text(session.waited()) + " for pid "
                + session.blocker();
    }
}
