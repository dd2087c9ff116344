package dev.nightshift.postgres;

import dev.nightshift.guards.guard.PinnedReplica;
import dev.nightshift.guards.guard.ReplicaClass;
import dev.nightshift.guards.guard.ReplicaSet;
import dev.nightshift.guards.reading.ServerIdentity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pinned set of replicas as the journal keeps it. */
final class PinnedReplicas {

    private PinnedReplicas() {}

    static JsonObject write(ReplicaSet set) {
        JsonArray replicas = new JsonArray();
        for (PinnedReplica r : set.replicas()) {
            replicas.add(new JsonObject()
                    .put("name", r.name())
                    .put("class", r.kind().name())
                    .put("delaySeconds", r.delay().toSeconds())
                    .put("slot", r.slot())
                    .put("applicationName", r.applicationName())
                    .put("address", r.address())
                    .put("upstream", r.upstream()));
        }
        JsonObject slots = new JsonObject();
        set.slots().forEach((name, kind) -> slots.put(name, kind.name()));
        return new JsonObject()
                .put("server", set.server() == null ? null : server(set.server()))
                .put("replicas", replicas)
                .put("slots", slots)
                .put("none", set.none())
                .put("notes", new JsonArray(set.notes()));
    }

    static ReplicaSet read(JsonObject json) {
        List<PinnedReplica> replicas = JournalRows.list(json.getJsonArray("replicas"), PinnedReplicas::replica);
        Map<String, ReplicaClass> slots = new LinkedHashMap<>();
        json.getJsonObject("slots")
                .forEach(slot -> slots.put(slot.getKey(), ReplicaClass.valueOf((String) slot.getValue())));
        JsonObject server = json.getJsonObject("server");
        return new ReplicaSet(
                server == null ? null : server(server),
                replicas,
                slots,
                json.getBoolean("none"),
                json.getJsonArray("notes").stream().map(String.class::cast).toList());
    }

    private static PinnedReplica replica(JsonObject r) {
        return new PinnedReplica(
                r.getString("name"),
                ReplicaClass.valueOf(r.getString("class")),
                Duration.ofSeconds(r.getLong("delaySeconds")),
                r.getString("slot"),
                r.getString("applicationName"),
                r.getString("address"),
                r.getString("upstream"));
    }

    private static JsonObject server(ServerIdentity server) {
        return new JsonObject()
                .put("systemIdentifier", server.systemIdentifier())
                .put("timeline", server.timeline())
                .put("databaseOid", server.databaseOid())
                .put("address", server.address())
                .put("inRecovery", server.inRecovery());
    }

    private static ServerIdentity server(JsonObject json) {
        return new ServerIdentity(
                json.getString("systemIdentifier"),
                json.getInteger("timeline"),
                json.getLong("databaseOid"),
                json.getString("address"),
                json.getBoolean("inRecovery"));
    }
}
