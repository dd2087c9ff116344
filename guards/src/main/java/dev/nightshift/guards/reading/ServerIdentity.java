package dev.nightshift.guards.reading;

/**
 * Which server answered; two samples are comparable only when this is the same.
 *
 * @param systemIdentifier of {@code pg_control_system()}, kept as text because it is unsigned
 * @param address what {@code inet_server_addr()} and port say, or a socket's path
 */
public record ServerIdentity(
        String systemIdentifier, int timeline, long databaseOid, String address, boolean inRecovery) {

    /** Whether both describe one history of WAL, so that their positions can be compared. */
    public boolean sameHistory(ServerIdentity other) {
        return systemIdentifier.equals(other.systemIdentifier) && timeline == other.timeline;
    }

    /** Whether this can be a standby of that server which has become the primary; a restored copy can look the same. */
    public boolean isPromotedFrom(ServerIdentity before) {
        return systemIdentifier.equals(before.systemIdentifier)
                && databaseOid == before.databaseOid
                && timeline > before.timeline
                && !inRecovery;
    }
}
