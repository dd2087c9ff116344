package dev.nightshift.postgres;

import dev.nightshift.announce.Occurrence;
import dev.nightshift.plan.Happening;
import dev.nightshift.run.RunId;
import dev.nightshift.view.Notification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Events of the journal as what somebody is told. */
final class OutboxRows {

    private OutboxRows() {}

    static Optional<Occurrence> occurrence(Row row) {
        boolean backup = "BACKUP".equals(row.getString("failure"));
        return Occurrence.of(row.getString("kind"), row.getString("subject"), row.getString("message"), backup)
                .map(happening -> new Occurrence(
                        row.getLong("id"),
                        new RunId(row.getString("run_id")),
                        instant(row, "at"),
                        happening,
                        Optional.ofNullable(row.getString("state")).orElse("")));
    }

    /** From the event alone, so that it says the same each time it is sent. */
    static Notification notification(Row row, String database) {
        JsonObject detail = row.getJsonObject("detail");
        Instant at = instant(row, "at");
        String run = row.getString("run_id");
        return new Notification(
                id(run, row.getLong("id"), at),
                false,
                Happening.called(row.getString("happening")).orElseThrow(),
                at,
                database,
                run,
                row.getString("plan_name"),
                detail.getString("state", ""),
                row.getString("subject"),
                row.getString("message"),
                by(row.getString("kind"), row.getString("subject"), detail),
                Optional.ofNullable(detail.getString("from")),
                Optional.ofNullable(detail.getJsonObject("failure")).map(failure -> failure.getString("todo")),
                row.getInteger("count"),
                instant(row, "since"));
    }

    /** A journal that went back to an earlier state gives a number again, but never at the same instant. */
    private static String id(String run, long number, Instant at) {
        return run + "-" + number + "-" + Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at), 36);
    }

    static long number(Notification message) {
        return Long.parseLong(message.id().split("-", -1)[1]);
    }

    private static Optional<String> by(String kind, String subject, JsonObject detail) {
        if (kind.equals("command")) {
            return Optional.ofNullable(detail.getString("by"));
        }
        JsonObject cause = detail.getJsonObject("cause");
        if (cause != null) {
            return Optional.ofNullable(cause.getString("by"));
        }
        JsonArray holders = detail.getJsonArray("holders", new JsonArray());
        return holders.stream()
                .map(JsonObject.class::cast)
                .filter(holder ->
                        kind.equals("held") && holder.getString("kind").equalsIgnoreCase(subject))
                .map(holder -> holder.getString("by"))
                .reduce((first, last) -> last);
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
