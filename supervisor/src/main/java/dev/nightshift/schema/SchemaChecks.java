package dev.nightshift.schema;

import dev.nightshift.plan.Plan;
import dev.nightshift.plan.SchemaStep;
import dev.nightshift.run.Explanation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What stands in the way of a plan's migrations, before anything is changed. */
public final class SchemaChecks {

    /** What comes with an extension is nobody's table. */
    private static final String WITHOUT_HISTORY = """
            SELECT EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace
                    AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
                    AND NOT EXISTS (SELECT FROM pg_depend d
                                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'))
                AND to_regclass(format('%%I.%%I', current_schema(), '%s')) IS NULL""".formatted(History.TABLE);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Login login;

    public SchemaChecks(Login login) {
        this.login = login;
    }

    /** Blocks. Only the plan's first schema step can meet a schema without a history. */
    public List<Explanation> problems(Plan plan) {
        Optional<SchemaStep> first = plan.steps().stream()
                .filter(SchemaStep.class::isInstance)
                .map(SchemaStep.class::cast)
                .findFirst();
        return first.isPresent() && first.get().baseline().isEmpty() && lacksHistory(first.get())
                ? List.of(withoutHistory(first.get()))
                : List.of();
    }

    /** What would carry the rows of a journal out of this database, in words. Blocks. */
    public List<String> decoders() {
        try (Connection session =
                new SessionSource(login, "nightshift/supervisor/preflight", PATIENCE, any -> {}).getConnection()) {
            return Decoders.find(session);
        } catch (SQLException e) {
            throw SqlTrouble.of(e, "looking for logical replication of all tables", Explanation.NOTHING_CHANGED);
        }
    }

    static Explanation withoutHistory(SchemaStep step) {
        return new Explanation(
                "there are tables but no history of Flyway (" + History.TABLE
                        + "), so nobody can tell which migrations they have",
                "looking at the schema for step " + step.name(),
                Explanation.NOTHING_CHANGED,
                "name the last version that the tables have in the step: baseline: \"VERSION\"");
    }

    private boolean lacksHistory(SchemaStep step) {
        try (Connection session = new SessionSource(login, "nightshift/supervisor/preflight", PATIENCE, any -> {})
                        .getConnection();
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(WITHOUT_HISTORY)) {
            return row.next() && row.getBoolean(1);
        } catch (SQLException e) {
            throw SqlTrouble.of(e, "looking at the schema for step " + step.name(), Explanation.NOTHING_CHANGED);
        }
    }
}
