package dev.nightshift.postgres;

import dev.nightshift.cli.CommandPorts;
import dev.nightshift.guards.lint.catalog.Table;
import dev.nightshift.guards.lint.catalog.Volatility;
import dev.nightshift.guards.lint.tree.Name;
import dev.nightshift.plan.Identifier;
import dev.nightshift.run.Explanation;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A database's catalog as the linter asks it: one question for each thing that a script names, each asked once, in a
 * session that can write nothing.
 */
public final class PgLintCatalog implements CommandPorts.OpenCatalog {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = TIMEOUT.plusSeconds(5);
    private static final String DOING = "asking the catalog what a script is about";

    /** Flyway's own table, where nobody named another one. */
    private static final String HISTORY = "flyway_schema_history";

    private final PgSession session;
    private final Map<String, String> settings = new HashMap<>();
    private final List<String> path;
    private final Map<Name, Optional<Table>> tables = new HashMap<>();
    private final Map<Name, Optional<Volatility>> volatilities = new HashMap<>();
    private final Map<Name, Optional<Boolean>> domains = new HashMap<>();

    private PgLintCatalog(PgSession session) {
        this.session = session;
        for (Row row : ask(LintQueries.SETTINGS, Tuple.tuple())) {
            settings.put(row.getString("name"), row.getString("value"));
        }
        this.path = path(settings.getOrDefault("search_path", "\"$user\", public"));
    }

    /**
     * Connects, so that a database that cannot be reached is known at once.
     *
     * @throws dev.nightshift.run.Trouble when that fails
     */
    public static PgLintCatalog open(PgSessions sessions) {
        try {
            return new PgLintCatalog(sessions.session(SessionSettings.reading("nightshift/lint", TIMEOUT)));
        } catch (RuntimeException e) {
            throw PgFailures.trouble(e, DOING, Explanation.NOTHING_CHANGED);
        }
    }

    /** The schemas in which a session of this role looks for unqualified names. */
    private List<String> path(String setting) {
        String user = first(LintQueries.USER, Tuple.tuple())
                .map(row -> row.getString("name"))
                .orElse("");
        List<String> schemas = new ArrayList<>();
        schemas.add("pg_catalog");
        for (String part : setting.split(",", -1)) {
            String schema = part.strip().replaceAll("^\"(.*)\"$", "$1");
            if (!schema.isEmpty()) {
                schemas.add(schema.equals("$user") ? user : schema);
            }
        }
        return schemas;
    }

    /** By the history in the default schema. */
    @Override
    public Set<String> appliedMigrations() {
        Optional<Table> history = table(Name.unqualified(HISTORY));
        if (history.isEmpty() || history.get().column("version").isEmpty()) {
            return Set.of();
        }
        String schema = new Identifier(history.get().name().schema()).quoted();
        String sql = "SELECT version FROM " + schema + "." + HISTORY + " WHERE success AND version IS NOT NULL";
        return rows(ask(sql, Tuple.tuple()))
                .map(row -> row.getString("version"))
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<Table> table(Name name) {
        return remembered(
                tables, name, () -> first(LintQueries.RELATION, where(name)).map(LintRows::table));
    }

    @Override
    public Optional<Table> tableOfIndex(Name index) {
        return first(LintQueries.TABLE_OF_INDEX, where(index))
                .flatMap(row -> table(new Name(row.getString("schema"), row.getString("name"))));
    }

    @Override
    public Optional<Volatility> volatility(Name function) {
        return remembered(
                volatilities,
                function,
                () -> first(LintQueries.VOLATILITY, where(function))
                        .flatMap(row -> Optional.ofNullable(row.getString("worst")))
                        .map(Volatility::valueOf));
    }

    @Override
    public Optional<String> routine(Name routine) {
        return first(LintQueries.ROUTINE, where(routine)).map(row -> row.getString("definition"));
    }

    @Override
    public Optional<Boolean> constrainedDomain(Name type) {
        return remembered(
                domains,
                type,
                () -> first(LintQueries.DOMAIN, where(type))
                        .flatMap(row -> Optional.ofNullable(row.getBoolean("constrained"))));
    }

    @Override
    public Optional<String> setting(String name) {
        return settings.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    @Override
    public OptionalInt serverVersion() {
        return OptionalInt.of(session.serverVersion());
    }

    /** Empty answers are remembered too. */
    private static <T> Optional<T> remembered(Map<Name, Optional<T>> known, Name name, Supplier<Optional<T>> question) {
        Optional<T> answer = known.get(name);
        if (answer == null) {
            answer = question.get();
            known.put(name, answer);
        }
        return answer;
    }

    private Tuple where(Name name) {
        String[] schemas = name.isQualified() ? new String[] {name.schema()} : path.toArray(String[]::new);
        return Tuple.tuple().addArrayOfString(schemas).addString(name.name());
    }

    private Optional<Row> first(String sql, Tuple parameters) {
        return rows(ask(sql, parameters)).findFirst();
    }

    private static Stream<Row> rows(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private RowSet<Row> ask(String sql, Tuple parameters) {
        try {
            return session.run(sql, parameters, PATIENCE);
        } catch (RuntimeException e) {
            throw PgFailures.trouble(e, DOING, Explanation.NOTHING_CHANGED);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
