package dev.nightshift.postgres;

import dev.nightshift.worker.Tools.Peer;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;

/**
 * A session that may be a tool's: no other one ever has its pid and its beginning.
 *
 * @param named whether it bears the name that the tool was told
 * @param ofRole whether its role is the plan's and it has no name of ours
 */
record ToolSession(
        int pid, OffsetDateTime backendStart, boolean named, boolean ofRole, boolean active, Peer peer, String words) {

    static ToolSession of(Row row) {
        String address = row.getString("address");
        return new ToolSession(
                row.getInteger("pid"),
                row.getOffsetDateTime("backend_start"),
                row.getBoolean("named"),
                row.getBoolean("of_role"),
                row.getBoolean("active"),
                new Peer(address == null ? "" : address, row.getInteger("port")),
                row.getString("words"));
    }

    /** Which session it is, whatever it does now. */
    record Id(int pid, OffsetDateTime backendStart) {}

    Id id() {
        return new Id(pid, backendStart);
    }
}
