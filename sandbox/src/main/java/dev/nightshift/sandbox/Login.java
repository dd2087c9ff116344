package dev.nightshift.sandbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A role with its password on a server: opens connections, and answers short questions over new ones. */
public record Login(String host, int port, String role, String password, String database) {

    /** Where the sandbox's servers and relays listen. */
    public static final String HOST = "127.0.0.1";

    /** On this machine. */
    public Login(int port, String role, String password, String database) {
        this(HOST, port, role, password, database);
    }

    /** Without the password: {@code postgresql://migrator@127.0.0.1:23456/shop}. */
    public String url() {
        return "postgresql://" + role + "@" + host + ":" + port + "/" + database;
    }

    public String urlWithPassword() {
        return "postgresql://" + role + ":" + password + "@" + host + ":" + port + "/" + database;
    }

    /** Without role and password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** The same role on the same server, over the relay. */
    public Login through(Relay relay) {
        return new Login(relay.port(), role, password, database);
    }

    public Login in(String otherDatabase) {
        return new Login(host, port, role, password, otherDatabase);
    }

    public Connection connect() throws SQLException {
        return connect("sandbox");
    }

    public Connection connect(String applicationName) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setUser(role);
        source.setPassword(password);
        source.setDatabaseName(database);
        source.setApplicationName(applicationName);
        source.setSslMode("disable");
        source.setConnectTimeout(10);
        // A frozen server takes the connection and never answers.
        source.setLoginTimeout(30);
        return source.getConnection();
    }

    /** Runs statements one after another over one connection, each in a transaction of its own. */
    public void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Runs one statement with {@code ?} parameters and answers how many rows it changed. */
    public long update(String sql, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeLargeUpdate();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    public long number(String sql, Object... parameters) {
        return first(rows -> rows.getLong(1), sql, parameters);
    }

    public String text(String sql, Object... parameters) {
        return first(rows -> rows.getString(1), sql, parameters);
    }

    public boolean truth(String sql, Object... parameters) {
        return first(rows -> rows.getBoolean(1), sql, parameters);
    }

    /** The first column of the first row, which must be there and not null. */
    public <T> T one(Class<T> type, String sql, Object... parameters) {
        return first(rows -> rows.getObject(1, type), sql, parameters);
    }

    private interface Column<T> {
        @Nullable T of(ResultSet rows) throws SQLException;
    }

    private <T> T first(Column<T> column, String sql, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            @Nullable T value = rows.next() ? column.of(rows) : null;
            if (value == null || rows.wasNull()) {
                throw new SandboxFailed("expected a value from '" + sql + "', found none");
            }
            return value;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    public List<Row> rows(String sql, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<Row> all = new ArrayList<>();
            while (rows.next()) {
                all.add(Row.of(rows));
            }
            return all;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private SandboxFailed failed(SQLException e) {
        return new SandboxFailed(url() + ": " + e.getMessage(), e);
    }

    /** A password does not get into a log by accident. */
    @Override
    public String toString() {
        return url();
    }
}
