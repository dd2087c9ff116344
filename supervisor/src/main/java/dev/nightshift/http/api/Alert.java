package dev.nightshift.http.api;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * One alert of Alertmanager's payload, version 4, as far as it matters here.
 *
 * @param fingerprint the same for the same labels
 * @param action what the label {@code nightshift_action} says, or nothing
 * @param database and plan whose run it is about, or nothing
 */
record Alert(
        boolean firing,
        String fingerprint,
        String name,
        String action,
        String database,
        String plan,
        String summary,
        Instant startsAt) {

    private static final int LONGEST = 300;

    static Alert read(JsonObject json) {
        JsonObject labels = object(json, "labels");
        JsonObject annotations = object(json, "annotations");
        String fingerprint = text(json, "fingerprint");
        String status = text(json, "status");
        if (!fingerprint.matches("[0-9A-Za-z]{1,64}")) {
            throw wrong("'fingerprint': expected letters and digits");
        }
        if (!status.equals("firing") && !status.equals("resolved")) {
            throw wrong("'status': expected firing or resolved");
        }
        String name = text(labels, "alertname");
        return new Alert(
                status.equals("firing"),
                fingerprint,
                name,
                text(labels, "nightshift_action"),
                text(labels, "database"),
                text(labels, "plan"),
                Optional.of(text(annotations, "summary"))
                        .filter(text -> !text.isBlank())
                        .orElse(name),
                instant(text(json, "startsAt")));
    }

    /** Who holds a run on its account. */
    String by() {
        return "alert " + shortened(name) + " (" + fingerprint + ")";
    }

    String reason() {
        return shortened(summary);
    }

    /** The same however often this firing, or its end, is told. */
    String key(String run) {
        return "alert/" + run + "/" + fingerprint + "/" + startsAt;
    }

    private static String shortened(String text) {
        String printable = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return printable.length() > LONGEST ? printable.substring(0, LONGEST) + "…" : printable;
    }

    private static JsonObject object(JsonObject json, String name) {
        Object value = json.getValue(name);
        if (value == null) {
            return new JsonObject();
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        throw wrong("'" + name + "': expected an object");
    }

    private static String text(JsonObject json, String name) {
        Object value = json.getValue(name, "");
        if (value instanceof String text) {
            return text;
        }
        throw wrong("'" + name + "': expected text");
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw wrong("'startsAt': expected an instant such as 2026-03-02T01:31:14Z");
        }
    }

    private static Problem.Raised wrong(String detail) {
        return Problem.badRequest("an alert is not as Alertmanager writes it: " + detail)
                .raised();
    }
}
