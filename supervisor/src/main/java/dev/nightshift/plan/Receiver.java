package dev.nightshift.plan;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told what happens to runs, and how.
 *
 * @param name what the journal, metrics and logs call it
 * @param url where messages are posted to
 * @param on what it is told of
 * @param heldFor a hold that is over sooner is not told
 * @param giveUpAfter how old a message may become that cannot be delivered
 * @param secret signs each message
 * @param authority a PEM file with whom to trust; empty for whom the JVM trusts
 * @param page where the page of `serve` is, for links to a run's own
 */
public record Receiver(
        String name,
        Secret url,
        Format format,
        Set<Happening> on,
        Duration heldFor,
        Duration giveUpAfter,
        Optional<Secret> secret,
        Optional<Path> authority,
        Optional<URI> page) {

    public Receiver {
        on = Set.copyOf(on);
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw new IllegalArgumentException(
                    "expected a name of letters, digits, '.', '_' and '-' such as ops, found '" + name + "'");
        }
        if (format == Format.SLACK && url instanceof Secret.Open) {
            throw new IllegalArgumentException("expected `url-file` or `url-env` for the format slack, found `url`;"
                    + " whoever knows such a URL can post there");
        }
    }

    /** In which form a message is written. */
    public enum Format {
        JSON,
        SLACK
    }

    /**
     * Reads where messages are posted to.
     *
     * @throws IllegalArgumentException when that is no URL of a receiver; the message does not show it
     */
    public static URI address(String text) {
        URI url;
        try {
            url = URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected a URL such as https://host/path, found another form", e);
        }
        String scheme = String.valueOf(url.getScheme());
        if (url.getHost() == null || url.getRawUserInfo() != null || !scheme.matches("https?")) {
            throw new IllegalArgumentException(
                    "expected a URL such as https://host/path without a password, found another form");
        }
        if (scheme.equals("http") && !isLoopback(url.getHost())) {
            throw new IllegalArgumentException("expected https, found http, which is for this machine alone");
        }
        return url;
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }
}
