package dev.nightshift.schema;

import dev.nightshift.plan.DatabaseUrl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Where the JDBC driver connects to and as whom; its text form never shows the password. */
public record Login(
        List<String> hosts, String database, String user, Optional<String> password, Map<String, String> parameters) {

    private static final String CONNECT_SECONDS = "10";

    /**
     * Says who connects to which of some hosts.
     *
     * @param hosts {@code host:port} each, in the order in which they are tried
     * @param parameters of the URL, by the names of libpq: {@code sslmode}, {@code target_session_attrs} …
     */
    public Login {
        hosts = List.copyOf(hosts);
        parameters = Map.copyOf(parameters);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("expected at least one host, found none");
        }
    }

    /** The database of a plan, with the password that was found for it. */
    public static Login of(DatabaseUrl url, Optional<String> password) {
        List<String> hosts =
                url.hosts().stream().map(DatabaseUrl.Host::toString).toList();
        return new Login(hosts, url.database(), url.user(), password, url.parameters());
    }

    String url() {
        return "jdbc:postgresql://" + String.join(",", hosts) + "/";
    }

    /**
     * The driver's properties; the session bears {@code name} from its first packet.
     *
     * @param patience how long an answer of the server may take; a link that swallows everything never says so
     */
    Properties properties(String name, Duration patience) {
        Properties properties = new Properties();
        properties.setProperty("PGDBNAME", database);
        properties.setProperty("user", user);
        password.ifPresent(secret -> properties.setProperty("password", secret));
        properties.setProperty("ApplicationName", name);
        // The driver sends the name with the startup packet only when it may assume a server that knows it.
        properties.setProperty("assumeMinServerVersion", "9.0");
        properties.setProperty("connectTimeout", parameters.getOrDefault("connect_timeout", CONNECT_SECONDS));
        properties.setProperty("socketTimeout", String.valueOf(patience.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("sslmode", parameters.getOrDefault("sslmode", "prefer"));
        for (String same : List.of("sslrootcert", "sslcert", "sslkey")) {
            Optional.ofNullable(parameters.get(same)).ifPresent(value -> properties.setProperty(same, value));
        }
        Optional.ofNullable(parameters.get("channel_binding"))
                .ifPresent(value -> properties.setProperty("channelBinding", value));
        if (parameters.getOrDefault("target_session_attrs", "any").matches("read-write|primary")) {
            properties.setProperty("targetServerType", "primary");
        }
        return properties;
    }

    @Override
    public String toString() {
        return user + " at " + String.join(",", hosts) + "/" + database;
    }
}
