package dev.nightshift.plan;

import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A server with tables whose names only quotes keep whole, where the statements of a plan are carried out by hand. */
final class RecipeStage implements AutoCloseable {

    /** What a schema consists of; columns that were dropped do not count. */
    private static final String SCHEMA = """
            SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
              SELECT format('constraint %s.%s %s %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid),
                            c.convalidated) AS line
              FROM pg_constraint c WHERE c.connamespace = '"Läden"'::regnamespace
              UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'Läden'
              UNION ALL SELECT format('column %s.%s %s %s %s %s', a.attrelid::regclass, a.attname,
                            format_type(a.atttypid, a.atttypmod), a.attnotnull,
                            coalesce(nullif(a.attidentity, ''), '-'), coalesce(pg_get_expr(d.adbin, d.adrelid), '-'))
              FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
              LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
              WHERE c.relnamespace = '"Läden"'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
              UNION ALL SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
              WHERE c.relnamespace = '"Läden"'::regnamespace AND NOT t.tgisinternal
              UNION ALL SELECT 'function ' || p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = '"Läden"'::regnamespace
              UNION ALL SELECT format('sequence %s %s %s', s.seqrelid::regclass, s.seqtypid::regtype, s.seqmax)
              FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid WHERE c.relnamespace = '"Läden"'::regnamespace
            ) AS all_of_it""";

    private final Cluster cluster = Cluster.start(ClusterSettings.primaryOnly());
    private final Connection connection = connection();

    private Connection connection() {
        try {
            return cluster.primary().connect();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void createTables() {
        execute("CREATE SCHEMA \"Läden\"");
        execute("CREATE TABLE \"Läden\".people (id int PRIMARY KEY)");
        execute(
                "CREATE TABLE \"Läden\".\"select\" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person int, \"Größe\" int)");
        execute("INSERT INTO \"Läden\".people SELECT generate_series(1, 10)");
        execute(
                "INSERT INTO \"Läden\".\"select\" (person, \"Größe\") SELECT 1 + g % 10, g FROM generate_series(1, 1000) g");
        execute("SET search_path = pg_catalog");
    }

    void dropTables() {
        execute("DROP SCHEMA \"Läden\" CASCADE");
        execute("RESET search_path");
    }

    @Override
    public void close() {
        cluster.close();
    }

    static Plan plan(String recipe) {
        return Plans.accepted(Plans.SMALL.replaceAll("  - verify.*\n", "") + "  - " + recipe + "\n");
    }

    /** As a run does: what undoes a step that never began is passed over. */
    void abort(Plan plan, int begun) {
        List<String> names =
                plan.steps().subList(0, begun).stream().map(Step::name).toList();
        for (Step step : plan.abort()) {
            if (names.contains(((StatementStep) step).undoes().orElseThrow())) {
                carryOut(step);
            }
        }
    }

    void carryOut(Step step) {
        if (step instanceof StatementStep statement) {
            execute(statement.sql());
        } else if (step instanceof BackfillStep fill) {
            String set = fill.set().entrySet().stream()
                    .map(entry -> new Identifier(entry.getKey()).quoted() + " = (" + entry.getValue() + ")")
                    .collect(Collectors.joining(", "));
            execute("UPDATE " + fill.table().quoted() + " SET " + set + " WHERE ("
                    + fill.where().orElseThrow() + ")");
        }
    }

    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in " + sql, e);
        }
    }

    String schema() {
        return Objects.requireNonNull(ask(SCHEMA));
    }

    @Nullable String ask(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in " + sql, e);
        }
    }
}
