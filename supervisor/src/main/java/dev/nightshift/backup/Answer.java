package dev.nightshift.backup;

import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.program.Ran;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one JSON object that a backup command prints ({@code examples/backup/answer.schema.json}); keys that are not known
 * are passed over.
 */
record Answer(Map<?, ?> map) {

    private static final int SHOWN = 120;
    private static final List<String> LEVELS = List.of("attested", "readable", "checksummed", "restored");

    /** @throws IllegalArgumentException saying what was expected, when it is none */
    static Answer of(Ran ran) {
        String text = ran.output().strip();
        if (ran.cut()) {
            throw new IllegalArgumentException("expected one JSON object, found more than " + text.length()
                    + " characters that begin with '" + shown(text) + "'");
        }
        try {
            if (Json.read(text) instanceof Map<?, ?> map) {
                return new Answer(map);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected one JSON object, found '" + shown(text) + "': " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("expected one JSON object, found '" + shown(text) + "'");
    }

    private static String shown(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    /** What {@code start} answers. */
    Provider.Begun begun() {
        String id = need("id");
        return new Provider.Begun(id, text("location").orElse(id));
    }

    /** What {@code poll} answers. */
    Provider.Look look(Optional<String> handle) {
        String state = need("state");
        String message = text("message").orElse("");
        return switch (state) {
            case "none" -> Provider.Look.of(Provider.State.NONE, message);
            case "running" -> Provider.Look.of(Provider.State.RUNNING, message);
            case "failed" ->
                Provider.Look.of(Provider.State.FAILED, message.isEmpty() ? "it says nothing more" : message);
            case "done" ->
                Provider.Look.done(found(
                        text("id").or(() -> handle).orElseGet(() -> need("id")),
                        text("location").orElse(""),
                        "created-at",
                        "attested"));
            default ->
                throw new IllegalArgumentException(
                        "expected 'state' to be none, running, done or failed, found '" + shown(state) + "'");
        };
    }

    /** What an attestation says. */
    Provider.Found attestation() {
        String level = text("level").orElse("attested");
        if (!LEVELS.contains(level)) {
            throw new IllegalArgumentException(
                    "expected 'level' to be one of " + String.join(", ", LEVELS) + ", found '" + shown(level) + "'");
        }
        String id = need("id");
        return found(id, text("location").orElse(id), "taken-at", level);
    }

    private Provider.Found found(String id, String location, String at, String level) {
        List<String> unchecked = new ArrayList<>();
        unchecked.add("nothing of it was read here");
        unchecked.add("that it is of this database is what the command says");
        return new Provider.Found(id, location, instant(at), size(), level, unchecked);
    }

    private Instant instant(String key) {
        String text = need(key);
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "expected '" + key + "' to be an instant such as 2026-03-02T01:00:00Z, found '" + shown(text) + "'",
                    e);
        }
    }

    private Optional<ByteSize> size() {
        Object size = map.get("size");
        if (size == null) {
            return Optional.empty();
        }
        if (size instanceof Number number && number.doubleValue() >= 0) {
            return Optional.of(new ByteSize(number.longValue()));
        }
        throw new IllegalArgumentException(
                "expected 'size' to be a number of bytes, found '" + shown(size.toString()) + "'");
    }

    private String need(String key) {
        return text(key).orElseThrow(() -> new IllegalArgumentException("expected the key '" + key + "', found none"));
    }

    private Optional<String> text(String key) {
        Object value = map.get(key);
        if (value != null && !(value instanceof String)) {
            throw new IllegalArgumentException(
                    "expected '" + key + "' to be a text, found '" + shown(value.toString()) + "'");
        }
        return Optional.ofNullable((String) value).filter(text -> !text.isBlank());
    }
}
