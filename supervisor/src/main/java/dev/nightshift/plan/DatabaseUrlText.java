package dev.nightshift.plan;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the text form of a database URL; no message of it repeats what may hold a password. */
final class DatabaseUrlText {

    private static final Pattern URL = Pattern.compile(
            "postgres(?:ql)?://(?:(?<user>[^:@/?#]*)(?<password>:[^@]*)?@)?(?<hosts>[^/?#@]*)(?:/(?<database>[^?#/]*))?(?:\\?(?<query>[^#]*))?");
    private static final Pattern HOST =
            Pattern.compile("(?:\\[(?<v6>[0-9A-Fa-f:.%]+)]|(?<name>[A-Za-z0-9._-]+))(?::(?<port>\\d{1,5}))?");
    private static final Set<String> SECRET = Set.of("password", "passfile", "sslpassword", "passwd", "pass");
    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final Set<String> KNOWN = Set.of(
            "sslmode",
            "sslrootcert",
            "sslcert",
            "sslkey",
            "connect_timeout",
            "target_session_attrs",
            "channel_binding");

    private DatabaseUrlText() {}

    static DatabaseUrl parse(String text) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            throw new IllegalArgumentException(
                    "expected a URL such as postgresql://user@host:5432/database, found another form");
        }
        if (url.group("password") != null) {
            throw new IllegalArgumentException("expected a URL without a password, found one; "
                    + "put it into PGPASSWORD, a password file or ~/.pgpass");
        }
        Map<String, String> parameters = parameters(url.group("query"));
        String user = url.group("user");
        String database = url.group("database");
        if (user == null || user.isEmpty()) {
            throw new IllegalArgumentException("expected a user in the URL as in postgresql://user@host, found none");
        }
        if (database == null || database.isEmpty()) {
            throw new IllegalArgumentException("expected a database behind the host as in host:5432/shop, found none");
        }
        return new DatabaseUrl(hosts(url.group("hosts")), decode(database), decode(user), parameters);
    }

    private static List<DatabaseUrl.Host> hosts(String text) {
        return Stream.of(text.split(",", -1)).map(DatabaseUrlText::host).toList();
    }

    private static DatabaseUrl.Host host(String text) {
        Matcher host = HOST.matcher(text);
        if (!host.matches()) {
            throw new IllegalArgumentException(
                    "expected a host name or address and a port in the URL, found another form");
        }
        String name = host.group("v6") != null ? host.group("v6") : host.group("name");
        String port = host.group("port");
        return new DatabaseUrl.Host(name, port == null ? DatabaseUrl.DEFAULT_PORT : Integer.parseInt(port));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("expected parameters as name=value, found one without");
            }
            String name = decode(pair.substring(0, equals));
            if (parameters.put(name, decode(pair.substring(equals + 1))) != null) {
                throw new IllegalArgumentException("expected each parameter once, found '" + name + "' twice");
            }
        }
        checkParameters(parameters);
        return parameters;
    }

    static void checkParameters(Map<String, String> parameters) {
        parameters.forEach((name, value) -> {
            if (SECRET.contains(name)) {
                throw new IllegalArgumentException("expected a URL without a password, found the parameter '" + name
                        + "'; put it into PGPASSWORD, a password file or ~/.pgpass");
            }
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("expected one of the parameters "
                        + String.join(", ", KNOWN.stream().sorted().toList()) + ", found '" + name + "'");
            }
        });
        String sslMode = parameters.getOrDefault("sslmode", "prefer");
        if (!SSL_MODES.contains(sslMode)) {
            throw new IllegalArgumentException("expected sslmode disable, allow, prefer, require, verify-ca or "
                    + "verify-full, found '" + sslMode + "'");
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected a URL with two hexadecimal digits after each '%' sign, found another form", e);
        }
    }
}
