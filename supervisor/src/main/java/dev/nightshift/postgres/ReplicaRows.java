package dev.nightshift.postgres;

import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.guards.reading.ReplicaRow;
import dev.nightshift.guards.reading.WalPositions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code pg_stat_replication} as one value, read from the primary or from a standby that others stream from. */
final class ReplicaRows {

    /** An array of objects, or null where nobody streams; sees {@code slots}, the server's. */
    static final String SQL = """
            (SELECT jsonb_agg(jsonb_build_object(
                    'name', r.application_name, 'address', host(r.client_addr), 'slot', s.slot_name,
                    'state', r.state, 'sync', r.sync_state, 'sent', r.sent_lsn, 'written', r.write_lsn,
                    'flushed', r.flush_lsn, 'replayed', r.replay_lsn,
                    'replyAge', extract(epoch FROM clock_timestamp() - r.reply_time),
                    'since', extract(epoch FROM r.backend_start)))
             FROM pg_stat_replication r LEFT JOIN slots s ON s.active_pid = r.pid)""";

    private ReplicaRows() {}

    static ReplicaRow row(JsonObject r, @Nullable String upstream) {
        Duration since = seconds(r.getDouble("since"));
        return new ReplicaRow(
                r.getString("name"),
                r.getString("address"),
                r.getString("slot"),
                r.getString("state"),
                r.getString("sync"),
                new WalPositions(
                        lsn(r.getString("sent")),
                        lsn(r.getString("written")),
                        lsn(r.getString("flushed")),
                        lsn(r.getString("replayed"))),
                seconds(r.getDouble("replyAge")),
                since == null ? null : Instant.EPOCH.plus(since),
                upstream);
    }

    static @Nullable Duration seconds(@Nullable Double value) {
        return value == null ? null : Duration.ofNanos((long) (value * 1e9));
    }

    private static @Nullable Lsn lsn(@Nullable String text) {
        return text == null ? null : Lsn.parse(text);
    }
}
