package dev.nightshift.postgres;

import dev.nightshift.time.Outlook;
import dev.nightshift.view.Glance;
import dev.nightshift.view.ReplicaLine;
import dev.nightshift.view.WindowView;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What a supervisor left for others to read, in the form of {@link dev.nightshift.view.Documents#glance}. */
final class GlanceRows {

    private static final Duration FRESH = Duration.ofSeconds(30);

    private GlanceRows() {}

    static Glance glance(JsonObject g) {
        return new Glance(
                Instant.parse(g.getString("at")),
                g.getString("verdict"),
                g.getString("pace"),
                real(g.getDouble("walRate")).orElse(Double.POSITIVE_INFINITY),
                g.getJsonArray("paceReasons").stream().map(String.class::cast).toList(),
                JournalRows.list(g.getJsonArray("replicas"), GlanceRows::replica),
                g.getInteger("guards"),
                findings(g),
                Optional.ofNullable(g.getJsonObject("last")).map(GlanceRows::past));
    }

    static Optional<WindowView> window(@Nullable JsonObject w, Instant now) {
        if (w == null) {
            return Optional.empty();
        }
        Instant changes = Instant.parse(w.getString("changesAt"));
        // Older than its own end: what comes next is not known here.
        return changes.isBefore(now)
                ? Optional.empty()
                : Optional.of(new WindowView(w.getBoolean("open"), changes, ZoneId.of(w.getString("zone"))));
    }

    /** What was seen by a supervisor that is gone since holds no more. */
    static Optional<Outlook> outlook(JsonObject glance, Instant now) {
        boolean fresh =
                Duration.between(Instant.parse(glance.getString("at")), now).compareTo(FRESH) < 0;
        return Optional.ofNullable(glance.getJsonObject("outlook"))
                .filter(seen -> fresh)
                .map(o -> new Outlook(
                        Optional.ofNullable(o.getString("earliest")).map(Instant::parse),
                        Optional.ofNullable(o.getString("latest")).map(Instant::parse),
                        o.getInteger("windows"),
                        o.getJsonArray("uncounted").stream()
                                .map(String.class::cast)
                                .toList(),
                        o.getString("sentence")));
    }

    private static List<Glance.FindingLine> findings(JsonObject g) {
        return JournalRows.list(
                g.getJsonArray("findings"),
                f -> new Glance.FindingLine(
                        f.getString("guard"), f.getString("verdict"), f.getString("reason"), f.getString("note")));
    }

    private static Glance.PastFinding past(JsonObject p) {
        return new Glance.PastFinding(
                p.getString("verdict"), p.getString("reason"), Instant.parse(p.getString("endedAt")));
    }

    private static ReplicaLine replica(JsonObject r) {
        return new ReplicaLine(
                r.getString("name"),
                r.getString("class"),
                r.getString("state"),
                r.getString("note"),
                real(r.getDouble("lagSeconds")),
                r.getBoolean("lagSecondsExact"),
                real(r.getDouble("lagSecondsLimit")),
                JournalRows.whole(r.getLong("lagBytes")),
                JournalRows.whole(r.getLong("lagBytesLimit")),
                real(r.getDouble("replayRate")));
    }

    private static OptionalDouble real(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
