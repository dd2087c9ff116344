package dev.nightshift.cli;

import dev.nightshift.cli.CommandPorts.Server;
import dev.nightshift.plan.DatabaseUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command finds runs: in the database itself, or through the API of whoever serves it. */
final class ServerOption {

    private static final String TOKEN = "NIGHTSHIFT_TOKEN";
    private static final String AUTHORITY = "NIGHTSHIFT_SERVER_CA";

    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "Speak to the API of `nightshift serve` instead of a database: https://host:8443, and /NAME where it"
                            + " serves several. The token comes from NIGHTSHIFT_TOKEN; NIGHTSHIFT_SERVER_CA names a PEM file to trust.")
    private @Nullable String server;

    CommandPorts.Access open(Shell shell) {
        return named(shell).map(shell.ports()::open).orElseGet(shell::open);
    }

    /** Empty where the database itself is meant. */
    Optional<Server> named(Shell shell) {
        return Optional.ofNullable(server).map(url -> read(url, shell));
    }

    boolean isNamed() {
        return server != null;
    }

    /** For one look that writes nothing. */
    CommandPorts.Access look(Shell shell, Optional<DatabaseUrl> database) {
        String url = server;
        return url == null
                ? shell.ports().look(database.orElseGet(shell::needDatabase))
                : shell.ports().open(read(url, shell));
    }

    private static Server read(String url, Shell shell) {
        String token = shell.around().environment().getOrDefault(TOKEN, "").strip();
        if (token.isEmpty()) {
            throw Shell.usage("no token is there for " + url, "set " + TOKEN + "; `nightshift token` makes one");
        }
        Optional<Path> authority = Optional.ofNullable(
                        shell.around().environment().get(AUTHORITY))
                .filter(file -> !file.isBlank())
                .map(Path::of);
        URI read = uri(url);
        String path = Optional.ofNullable(read.getRawPath()).orElse("").replaceAll("^/|/$", "");
        Optional<String> database = Optional.of(path)
                .filter(name -> !name.isEmpty())
                .map(name -> URLDecoder.decode(name, StandardCharsets.UTF_8));
        return new Server(URI.create(read.getScheme() + "://" + read.getRawAuthority()), database, token, authority);
    }

    private static URI uri(String url) {
        try {
            URI read = new URI(url);
            boolean plain = "http".equals(read.getScheme()) && isLoopback(read.getHost());
            if (read.getHost() != null && (plain || "https".equals(read.getScheme()))) {
                return read;
            }
        } catch (URISyntaxException e) {
            // Said below, as for a URL of another kind.
        }
        throw Shell.usage(
                "'" + url + "' is no URL of a server", "write https://host:8443; plain http is for this machine alone");
    }

    private static boolean isLoopback(@Nullable String host) {
        return "localhost".equals(host)
                || "[::1]".equals(host)
                || (host != null && host.matches("127(\\.\\d{1,3}){3}"));
    }
}
