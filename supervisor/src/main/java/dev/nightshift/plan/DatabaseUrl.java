package dev.nightshift.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/**
 * Where the database is and who connects; never with a password, which comes from the environment, a file or
 * {@code ~/.pgpass}.
 *
 * @param hosts at least one, in the order in which they are tried
 * @param parameters the connection parameters of the URL in their order, {@code sslmode} and the like
 */
public record DatabaseUrl(List<Host> hosts, String database, String user, Map<String, String> parameters) {

    public static final int DEFAULT_PORT = 5432;

    /** A name or address and a port. */
    public record Host(String name, int port) {

        public Host {
            if (name.isEmpty() || port < 1 || port > 65_535) {
                throw new IllegalArgumentException(
                        "expected a host and a port from 1 to 65535, found " + name + ":" + port);
            }
        }

        @Override
        public String toString() {
            return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
        }
    }

    public DatabaseUrl {
        hosts = List.copyOf(hosts);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        if (hosts.isEmpty() || database.isEmpty() || user.isEmpty()) {
            throw new IllegalArgumentException("expected host, database and user, found "
                    + (hosts.isEmpty() ? "no host" : database.isEmpty() ? "no database" : "no user"));
        }
        DatabaseUrlText.checkParameters(parameters);
    }

    /**
     * Reads {@code postgresql://user@host:5432,other:5433/database?sslmode=verify-full}.
     *
     * @throws IllegalArgumentException when it is none, or holds a password; the message never shows one
     */
    public static DatabaseUrl parse(String text) {
        return DatabaseUrlText.parse(text);
    }

    /** The first host: what a plan with a single primary means. */
    public Host host() {
        return hosts.get(0);
    }

    /** Whether both mean one database, whoever connects and how: the same name on a host and port that both name. */
    public boolean isSamePlace(DatabaseUrl other) {
        return database.equals(other.database) && hosts.stream().anyMatch(other.hosts::contains);
    }

    /** {@code disable, prefer, require, verify-ca} or {@code verify-full}; {@code prefer} when the URL says nothing. */
    public String sslMode() {
        return parameters.getOrDefault("sslmode", "prefer");
    }

    /** The URL for programs that take no password from elsewhere: for their environment only, and never shown. */
    public String withPassword(Optional<String> password) {
        String user = DatabaseUrlText.encode(this.user);
        String both = password.map(secret -> user + ":" + DatabaseUrlText.encode(secret))
                .orElse(user);
        return toString().replaceFirst("(?<=^postgresql://)[^@]*(?=@)", Matcher.quoteReplacement(both));
    }

    /** The URL again, as it can be read back; it holds nothing secret. */
    @Override
    public String toString() {
        String query = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + DatabaseUrlText.encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return "postgresql://" + DatabaseUrlText.encode(user) + "@"
                + hosts.stream().map(Host::toString).collect(Collectors.joining(","))
                + "/" + DatabaseUrlText.encode(database) + (query.isEmpty() ? "" : "?" + query);
    }
}
