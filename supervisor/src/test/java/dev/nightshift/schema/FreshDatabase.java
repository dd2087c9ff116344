package dev.nightshift.schema;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.sandbox.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An empty database of its own on a real server, owned by the ordinary role {@code migrator}; dropped when closed. */
public final class FreshDatabase implements AutoCloseable {

    private final String name =
            "t_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);

    private final TestServer server;

    public FreshDatabase() {
        this(TestServer.shared());
    }

    public FreshDatabase(TestServer server) {
        this.server = server;
        server.superuser().execute("CREATE DATABASE " + name + " OWNER migrator");
    }

    public String name() {
        return name;
    }

    /** How the program under test connects. */
    public Login login() {
        return login(migrator().password());
    }

    public Login login(String password) {
        String host = migrator().host() + ":" + migrator().port();
        return new Login(List.of(host), name, "migrator", Optional.of(password), Map.of());
    }

    public DatabaseUrl url() {
        return DatabaseUrl.parse(migrator().url());
    }

    public dev.nightshift.sandbox.Login migrator() {
        return server.migrator().in(name);
    }

    public dev.nightshift.sandbox.Login superuser() {
        return server.superuser().in(name);
    }

    public Connection connect(String applicationName) {
        try {
            return migrator().connect(applicationName);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    public void execute(String... statements) {
        migrator().execute(statements);
    }

    public void asSuperuser(String... statements) {
        superuser().execute(statements);
    }

    /** The first column of all rows, as text. */
    public List<String> texts(String query) {
        return superuser().rows(query).stream()
                .map(row -> row.columns()
                        .values()
                        .iterator()
                        .next()
                        .map(Object::toString)
                        .orElse("null"))
                .toList();
    }

    public String text(String query) {
        return texts(query).get(0);
    }

    @Override
    public void close() {
        server.superuser().execute("DROP DATABASE " + name + " WITH (FORCE)");
    }
}
