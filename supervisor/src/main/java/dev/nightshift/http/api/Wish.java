package dev.nightshift.http.api;

import dev.nightshift.plan.Role;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunId;
import dev.nightshift.view.Intents;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A command as a request asks for it.
 *
 * @param key the request's Idempotency-Key
 * @param who the name of the token
 */
record Wish(Intent.Kind kind, boolean immediate, String reason, Optional<String> key, String who, String from) {

    private static final Set<String> MEMBERS = Set.of("kind", "reason", "immediate");
    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_KEY = 128;

    static Wish read(Request request) {
        JsonObject body = request.body();
        body.fieldNames().stream()
                .filter(name -> !MEMBERS.contains(name))
                .findFirst()
                .ifPresent(name -> refuse("expected kind, reason, immediate; found another member"));
        Intent.Kind kind = kind(body.getValue("kind"));
        if (!(body.getValue("immediate", false) instanceof Boolean immediate)) {
            throw refusal("'immediate': expected true or false");
        }
        String reason = reason(kind, body.getValue("reason", ""));
        String who = request.bearer().name() + "@api";
        return new Wish(kind, immediate, reason, key(request), who, request.from());
    }

    Role role() {
        return kind == Intent.Kind.APPROVE ? Role.APPROVER : Role.OPERATOR;
    }

    String word() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    Intents.Asked of(RunId run) {
        return new Intents.Asked(run, kind, immediate, reason, who, from);
    }

    private static Intent.Kind kind(Object value) {
        return Arrays.stream(Intent.Kind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> refusal("'kind': expected pause, resume, abort, retry or approve"));
    }

    /** Who aborts or approves says why. */
    private static String reason(Intent.Kind kind, Object value) {
        if (!(value instanceof String text) || text.length() > LONGEST_REASON || text.indexOf('\0') >= 0) {
            throw refusal("'reason': expected text of at most " + LONGEST_REASON + " characters");
        }
        boolean needed = kind == Intent.Kind.ABORT || kind == Intent.Kind.APPROVE;
        if (needed && text.isBlank()) {
            throw refusal("'reason': expected why, found nothing");
        }
        return text.isBlank() ? "no reason given" : text;
    }

    private static Optional<String> key(Request request) {
        String key = request.header("idempotency-key");
        if (key.length() > LONGEST_KEY || !key.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw refusal("Idempotency-Key: expected at most " + LONGEST_KEY + " printable ASCII characters");
        }
        return Optional.of(key).filter(text -> !text.isBlank());
    }

    private static void refuse(String detail) {
        throw refusal(detail);
    }

    private static Problem.Raised refusal(String detail) {
        return Problem.badRequest(detail).raised();
    }
}
