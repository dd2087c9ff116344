package dev.nightshift.http.client;

import dev.nightshift.run.RunId;
import dev.nightshift.view.AuditEntry;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Entries of the audit trail, from what {@link dev.nightshift.view.AuditDocuments#entry} writes. */
final class AuditEntries {

    private AuditEntries() {}

    static AuditEntry read(JsonObject entry) {
        return new AuditEntry(
                entry.getString("id"),
                Read.instant(entry, "at"),
                entry.getString("database"),
                Optional.ofNullable(entry.getString("run"))
                        .map(run -> new AuditEntry.About(
                                new RunId(run), entry.getString("plan"), entry.getString("planHash"))),
                entry.getString("action"),
                entry.getBoolean("immediate"),
                entry.getString("by"),
                entry.getString("from"),
                Read.word(AuditEntry.Via.class, entry, "via"),
                Optional.ofNullable(entry.getString("role")),
                Optional.ofNullable(entry.getString("address")),
                entry.getString("reason"),
                Read.maybe(entry, "observedAt"),
                Optional.ofNullable(entry.getString("outcome")),
                entry.getBoolean("refused"));
    }
}
