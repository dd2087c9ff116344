package dev.nightshift.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How a program that uses libpq is told where to connect: by variables, so that nothing stands in a process list. */
public final class LibpqEnvironment {

    private static final Map<String, String> NAMES = Map.of(
            "sslmode", "PGSSLMODE",
            "sslrootcert", "PGSSLROOTCERT",
            "sslcert", "PGSSLCERT",
            "sslkey", "PGSSLKEY",
            "connect_timeout", "PGCONNECT_TIMEOUT",
            "channel_binding", "PGCHANNELBINDING");

    /** The server itself ends what a killed client left behind. */
    private static final String OPTIONS = "-c client_connection_check_interval=1000 -c tcp_keepalives_idle=5"
            + " -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3";

    private LibpqEnvironment() {}

    /** The session bears {@code name}; a server that is not the primary is refused. */
    public static Map<String, String> of(DatabaseUrl url, String name) {
        Map<String, String> variables = new LinkedHashMap<>();
        url.parameters().forEach((parameter, value) -> {
            if (NAMES.containsKey(parameter)) {
                variables.put(NAMES.get(parameter), value);
            }
        });
        variables.putIfAbsent("PGCONNECT_TIMEOUT", "10");
        variables.put("PGHOST", joined(url, DatabaseUrl.Host::name));
        variables.put("PGPORT", joined(url, host -> Integer.toString(host.port())));
        variables.put("PGDATABASE", url.database());
        variables.put("PGUSER", url.user());
        variables.put("PGAPPNAME", name);
        variables.put("PGTARGETSESSIONATTRS", "primary");
        variables.put("PGOPTIONS", OPTIONS);
        return variables;
    }

    private static String joined(DatabaseUrl url, java.util.function.Function<DatabaseUrl.Host, String> part) {
        return url.hosts().stream().map(part).collect(Collectors.joining(","));
    }
}
