package dev.nightshift.http.api;

import dev.nightshift.http.api.Book.Pages;
import dev.nightshift.plan.Role;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Freezes;
import dev.nightshift.view.Json;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Freezes and thaws databases, and says which freezes are on. Asking again changes nothing, so it needs no key. */
final class FreezeDesk {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Set<String> MEMBERS = Set.of("kind", "reason", "until");
    private static final int LONGEST_REASON = 1_000;

    private final Feeds feeds;

    FreezeDesk(Feeds feeds) {
        this.feeds = feeds;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/freezes/{database}", this::list),
                Endpoint.post("/freezes/{database}", Role.OPERATOR, this::turn));
    }

    private Future<Reply> list(Request request) {
        return feeds.ofPath(request).ask("freezes", FRESH, FreezeDesk::on);
    }

    private Future<Reply> turn(Request request) {
        Feed feed = feeds.ofPath(request);
        JsonObject body = request.body();
        body.fieldNames().stream()
                .filter(name -> !MEMBERS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw refusal("expected kind, reason, until; found another member");
                });
        Object kind = body.getValue("kind");
        if (!"freeze".equals(kind) && !"thaw".equals(kind)) {
            throw refusal("'kind': expected freeze or thaw");
        }
        Freezes.Asked wish = new Freezes.Asked(
                reason(body.getValue("reason")), request.bearer().name() + "@api", request.from());
        Optional<Instant> until = Optional.ofNullable(body.getValue("until")).map(FreezeDesk::until);
        if ("thaw".equals(kind) && until.isPresent()) {
            throw refusal("'until': expected with freeze only");
        }
        return feed.askNow(pages -> {
                    if (pages.reader().runs(1).isEmpty()) {
                        throw Problem.notFound("no run was ever begun in this database")
                                .raised();
                    }
                    if ("freeze".equals(kind)) {
                        pages.freezes().freeze(wish, until);
                    } else {
                        pages.freezes().thaw(wish);
                    }
                    return on(pages);
                })
                .onSuccess(reply -> feed.forget());
    }

    private static Reply on(Pages pages) {
        return Reply.ok(Json.line(Documents.freezes(pages.freezes().on())));
    }

    private static String reason(Object value) {
        boolean text = value instanceof String words
                && !words.isBlank()
                && words.length() <= LONGEST_REASON
                && words.indexOf('\0') < 0;
        if (!text) {
            throw refusal("'reason': expected why, in at most " + LONGEST_REASON + " characters");
        }
        return (String) value;
    }

    private static Instant until(Object value) {
        try {
            Instant end = OffsetDateTime.parse(String.valueOf(value)).toInstant();
            if (end.isAfter(Instant.now())) {
                return end;
            }
        } catch (DateTimeParseException e) {
            // Said below, as for an instant that is over.
        }
        throw refusal("'until': expected an instant to come such as 2027-01-03T06:00:00Z");
    }

    private static Problem.Raised refusal(String detail) {
        return Problem.badRequest(detail).raised();
    }
}
