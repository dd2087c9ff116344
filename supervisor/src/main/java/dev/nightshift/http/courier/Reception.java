package dev.nightshift.http.courier;

import dev.nightshift.announce.Answer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What an answer, or that none came, means for a message; in words that hold nothing of where it was sent. */
final class Reception {

    /** What would be answered to this message in the same way for ever. */
    private static final Set<Integer> NEVER = Set.of(400, 410, 413, 415, 422);

    private static final int SHOWN = 100;

    private Reception() {}

    static Answer of(HttpResponse<String> response, String url, Instant now) {
        int status = response.statusCode();
        String words = "HTTP " + status;
        if (status / 100 == 2) {
            return Answer.taken(words);
        }
        if (status / 100 == 3) {
            return Answer.later(words + ", and redirects are not followed");
        }
        String more = words + said(response.body(), url);
        return NEVER.contains(status)
                ? Answer.never(more)
                : new Answer(
                        Answer.Kind.LATER,
                        more,
                        response.headers().firstValue("retry-after").flatMap(text -> after(text, now)));
    }

    static Answer of(Throwable failure, Duration patience) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Revealed.Refusal refusal) {
            return Answer.later(String.valueOf(refusal.getMessage()));
        }
        return Answer.later(words(cause, patience));
    }

    private static String words(Throwable cause, Duration patience) {
        if (has(cause, UnknownHostException.class) || has(cause, UnresolvedAddressException.class)) {
            return "its host has no address";
        }
        if (cause instanceof HttpConnectTimeoutException || has(cause, ConnectException.class)) {
            return "nobody answers there";
        }
        if (cause instanceof HttpTimeoutException
                || cause instanceof TimeoutException
                || cause instanceof CancellationException) {
            return "no answer within " + patience.toSeconds() + " s";
        }
        if (has(cause, SSLException.class)) {
            return "the TLS connection is refused: its certificate is not trusted, or not that of its host";
        }
        return cause instanceof IOException
                ? "the connection ended without an answer"
                : "a defect: " + cause.getClass().getSimpleName();
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (kind.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    /** Servers like to repeat the path they were asked for. */
    private static String said(String body, String url) {
        int path = url.indexOf('/', url.indexOf("//") + 2);
        String shown = body.replace(url, "…")
                .replace(path < 0 || path + 1 >= url.length() ? url : url.substring(path), "…")
                .replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Cn}\\s]+", " ")
                .strip();
        return shown.isEmpty() ? "" : ": " + (shown.length() > SHOWN ? shown.substring(0, SHOWN) + "…" : shown);
    }

    /** Seconds, or an instant. */
    private static Optional<Duration> after(String text, Instant now) {
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, then)).filter(pause -> !pause.isNegative());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
