package dev.nightshift.postgres;

import dev.nightshift.guards.preflight.Activity;
import dev.nightshift.guards.preflight.Activity.Transaction;
import dev.nightshift.guards.preflight.Activity.Vacuum;
import dev.nightshift.guards.preflight.Fact;
import dev.nightshift.guards.preflight.Replication;
import dev.nightshift.guards.preflight.Replication.Archiver;
import dev.nightshift.guards.preflight.Replication.Slot;
import dev.nightshift.guards.preflight.Replication.Standby;
import dev.nightshift.guards.preflight.Server;
import dev.nightshift.guards.preflight.Table;
import dev.nightshift.guards.preflight.WalForecast.WalSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers to {@link PreflightSql} as facts; what a role may not see is not known. */
final class PreflightRows {

    private PreflightRows() {}

    static Server server(Row row) {
        return new Server(
                row.getInteger("version"),
                row.getBoolean("in_recovery"),
                row.getString("role"),
                row.getBoolean("sees_all"),
                JournalRows.list(
                        row.getJsonArray("settings"),
                        s -> new Server.Setting(s.getString("name"), s.getString("value"), s.getString("scope"))),
                row.getLong("xid_age"),
                row.getLong("multixact_age"),
                row.getLong("free_connections"),
                texts(row.getJsonArray("event_triggers")),
                texts(row.getJsonArray("superusers")));
    }

    static Replication replication(Row row, List<String> standing) {
        List<Slot> slots = JournalRows.list(
                row.getJsonArray("slots"),
                s -> new Slot(
                        s.getString("name"),
                        s.getBoolean("logical"),
                        s.getBoolean("active"),
                        s.getString("walStatus"),
                        s.getLong("safe"),
                        s.getLong("retained")));
        return new Replication(
                visible(row, "standbys", "replicas", PreflightRows::standby),
                standing,
                texts(row.getJsonArray("without_feedback")),
                row.getString("sync_names"),
                slots,
                archiver(row));
    }

    private static Standby standby(JsonObject s) {
        return new Standby(
                s.getString("name"),
                s.getString("slot"),
                s.getString("state"),
                s.getString("sync"),
                s.getLong("notFlushed"),
                s.getLong("notReplayed"),
                seconds(s.getDouble("replayLag")),
                seconds(s.getDouble("replyAge")));
    }

    private static Archiver archiver(Row row) {
        boolean failing = false;
        String note = "";
        long pending = 0;
        for (JsonObject g : JournalRows.list(row.getJsonArray("archive"), g -> g)) {
            double value = g.getDouble("value");
            if (g.getString("signal").equals("archive")) {
                pending = (long) value;
            } else {
                failing = value > 0;
                note = g.getString("note");
            }
        }
        return new Archiver(row.getBoolean("archiving"), failing, note, pending);
    }

    static Activity activity(Row server, Row around, List<String> locked) {
        List<String> migrations = new java.util.ArrayList<>(texts(around.getJsonArray("migrations")));
        migrations.addAll(locked);
        long backups = server.getLong("base_backups");
        return new Activity(
                visible(server, around.getJsonArray("transactions"), "sessions", PreflightRows::transaction),
                texts(around.getJsonArray("waiters")),
                visible(server, around.getJsonArray("vacuums"), "vacuums", PreflightRows::vacuum),
                server.getBoolean("sees_all") ? Fact.of(backups) : hidden("base backups"),
                migrations);
    }

    private static Transaction transaction(JsonObject t) {
        return new Transaction(
                t.getString("who"),
                t.getString("end"),
                Duration.ofMillis((long) (t.getDouble("age") * 1000)),
                t.getBoolean("dump"),
                texts(t.getJsonArray("touched")));
    }

    private static Vacuum vacuum(JsonObject v) {
        return new Vacuum(v.getString("table"), v.getString("who"), v.getBoolean("wraparound"));
    }

    static List<Table> tables(Row around) {
        return JournalRows.list(around.getJsonArray("tables"), PreflightRows::table);
    }

    private static Table table(JsonObject t) {
        return new Table(
                t.getString("name"),
                t.getBoolean("owned"),
                t.getLong("bytes"),
                t.getDouble("rows"),
                t.getLong("changed"),
                t.getBoolean("counted"),
                t.getInteger("indexes"),
                t.getLong("indexBytes"),
                new Table.Details(
                        texts(t.getJsonArray("invalidIndexes")),
                        texts(t.getJsonArray("beingBuilt")),
                        texts(t.getJsonArray("unvalidated")),
                        texts(t.getJsonArray("inboundKeys")),
                        texts(t.getJsonArray("triggers")),
                        texts(t.getJsonArray("defaultPartitions")),
                        texts(t.getJsonArray("publications")),
                        t.getBoolean("wholeOldRows"),
                        t.getBoolean("rowSecurity")));
    }

    static WalSettings wal(Row server) {
        return new WalSettings(server.getBoolean("full_pages"), server.getLong("max_wal_size"));
    }

    private static <T> Fact<List<T>> visible(
            Row row, String column, String what, java.util.function.Function<JsonObject, T> read) {
        return visible(row, row.getJsonArray(column), what, read);
    }

    private static <T> Fact<List<T>> visible(
            Row server, @Nullable JsonArray rows, String what, java.util.function.Function<JsonObject, T> read) {
        return server.getBoolean("sees_all") ? Fact.of(JournalRows.list(rows, read)) : hidden(what);
    }

    private static <T> Fact<T> hidden(String what) {
        return Fact.unknown(what + " are hidden from this role", "see PF-ROLE");
    }

    static List<String> texts(@Nullable JsonArray array) {
        return array == null
                ? List.of()
                : array.stream().map(String.class::cast).toList();
    }

    private static @Nullable Duration seconds(@Nullable Double value) {
        return value == null ? null : Duration.ofNanos((long) (value * 1e9));
    }
}
