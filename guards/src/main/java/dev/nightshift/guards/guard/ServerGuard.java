package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.ServerIdentity;
import java.util.ArrayList;
import java.util.List;

/** The server that answers must be the one this run was pinned to; whether to go on with another is not decided here. */
final class ServerGuard implements Guard {

    @Override
    public GuardKind kind() {
        return GuardKind.SERVER;
    }

    @Override
    public List<Measure> measure(Facts facts) {
        ServerIdentity expected = facts.pinned().server();
        if (expected == null) {
            return List.of();
        }
        ServerIdentity now = facts.sample().server();
        List<Measure> changed = new ArrayList<>();
        differs(changed, "system identifier", now.systemIdentifier(), expected.systemIdentifier());
        differs(changed, "timeline", now.timeline(), expected.timeline());
        differs(changed, "database oid", now.databaseOid(), expected.databaseOid());
        differs(changed, "address", now.address(), expected.address());
        differs(changed, "role", role(now), role(expected));
        return changed;
    }

    private static void differs(List<Measure> changed, String what, Object now, Object expected) {
        if (!now.equals(expected)) {
            changed.add(Measure.of(what, 1).said(now.toString(), "!=", expected.toString()));
        }
    }

    private static String role(ServerIdentity server) {
        return server.inRecovery() ? "standby" : "primary";
    }
}
