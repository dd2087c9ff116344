package dev.nightshift.guards.preflight;

import java.util.List;

/** A run has two connections of the supervisor, two or three of the worker and those of its dump. */
final class ConnectionsCheck {

    /** As many again stay for others. */
    private static final long FEWEST = 10;

    private ConnectionsCheck() {}

    static List<Answer> judge(Situation situation) {
        long free = situation.server().freeConnections();
        return List.of(
                free < FEWEST
                        ? Answer.fail(
                                "free connections " + free + " < " + FEWEST,
                                "free connections or raise max_connections")
                        : Answer.pass(free + " are free"));
    }
}
