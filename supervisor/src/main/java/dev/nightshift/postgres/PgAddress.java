package dev.nightshift.postgres;

import dev.nightshift.plan.DatabaseUrl;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The client's connect options for one host of a database URL. */
final class PgAddress {

    /** Longer statements than the client keeps by default: a batch would cost a second round trip. */
    private static final int LONGEST_PREPARED = 1 << 17;

    private PgAddress() {}

    static PgConnectOptions options(
            DatabaseUrl url, DatabaseUrl.Host host, Optional<String> password, SessionSettings settings) {
        Map<String, String> properties = new LinkedHashMap<>(settings.asStartupParameters());
        properties.putAll(SessionSettings.tcpParameters());
        PgConnectOptions options = new PgConnectOptions()
                .setHost(host.name())
                .setPort(host.port())
                .setDatabase(url.database())
                .setUser(url.user())
                .setPassword(password.orElse(""))
                .setProperties(properties)
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheSqlLimit(LONGEST_PREPARED)
                .setPipeliningLimit(1)
                .setSslMode(SslMode.of(url.sslMode()));
        return options.getSslMode() == SslMode.DISABLE
                ? options
                : options.setSslOptions(ssl(url, options.getSslMode()));
    }

    private static ClientSSLOptions ssl(DatabaseUrl url, SslMode mode) {
        Map<String, String> parameters = url.parameters();
        ClientSSLOptions ssl = new ClientSSLOptions().setHostnameVerificationAlgorithm("");
        String roots = parameters.get("sslrootcert");
        boolean verified = mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL;
        if (verified && roots != null && !roots.equals("system")) {
            ssl.setTrustOptions(new PemTrustOptions().addCertPath(roots));
        } else if (!verified) {
            ssl.setTrustAll(true);
        }
        if (mode == SslMode.VERIFY_FULL) {
            ssl.setHostnameVerificationAlgorithm("HTTPS");
        }
        String certificate = parameters.get("sslcert");
        String key = parameters.get("sslkey");
        if (certificate != null && key != null) {
            ssl.setKeyCertOptions(
                    new PemKeyCertOptions().setCertPath(certificate).setKeyPath(key));
        }
        return ssl;
    }
}
