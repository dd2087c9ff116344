package dev.nightshift.guards.preflight;

import java.util.List;

/**
 * The server and the role as a session sees them.
 *
 * @param version as {@code server_version_num}
 * @param seesAll whether other roles' sessions and replicas are shown to the role
 * @param settings what the role, the database or both are set to
 * @param xidAge age of the database's oldest transaction number
 * @param multixactAge age of its oldest multixact
 * @param freeConnections that this role may still open
 * @param eventTriggers that fire on definitions
 * @param superusers whose workers are at work, where the role is none: it may not end their sessions
 */
public record Server(
        int version,
        boolean inRecovery,
        String role,
        boolean seesAll,
        List<Setting> settings,
        long xidAge,
        long multixactAge,
        long freeConnections,
        List<String> eventTriggers,
        List<String> superusers) {

    public Server {
        settings = List.copyOf(settings);
        eventTriggers = List.copyOf(eventTriggers);
        superusers = List.copyOf(superusers);
    }

    /**
     * A setting that sessions begin with.
     *
     * @param scope {@code role migrator}, {@code database shop} …
     */
    public record Setting(String name, String value, String scope) {

        @Override
        public String toString() {
            return name + " = " + value + " (" + scope + ")";
        }
    }

    int major() {
        return version / 10_000;
    }
}
