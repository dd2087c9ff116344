package dev.nightshift.postgres;

import dev.nightshift.plan.Identifier;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.SqlState;
import dev.nightshift.view.Milestones;
import dev.nightshift.view.RunView;
import dev.nightshift.view.SchemaMark;
import dev.nightshift.view.SchemaWish;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;

/**
 * Reads the journal and Flyway's history for whoever waits, with as few rights as possible: some columns of
 * {@code nightshift.runs}, or the history alone; for a thread that may block.
 */
final class PgMilestones implements Milestones {

    private static final String DOING = "looking how far the schema is";

    private static final String RUN = "SELECT " + ViewRows.RUN_COLUMNS + " FROM nightshift.runs r"
            + " WHERE (r.id = $1 OR r.plan_name = $1) AND starts_with(r.plan_hash, $2)"
            + " ORDER BY (r.id = $1) DESC, r.created_at DESC LIMIT 1";

    private static final String MIGRATING = "SELECT " + ViewRows.RUN_COLUMNS + " FROM nightshift.runs r"
            + " WHERE EXISTS (SELECT FROM nightshift.steps s WHERE s.run_id = r.id AND s.kind = 'schema')"
            + " ORDER BY r.created_at DESC LIMIT 1";

    private static final String SCHEMAS =
            "SELECT n.nspname AS schema FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.relname = $1 AND c.relkind IN ('r', 'p', 'v') AND ($2 = '' OR n.nspname = $2) ORDER BY 1";

    /** As Flyway compares: part by part as numbers, and zeros at the end say nothing. */
    private static final String PARTS = "CASE WHEN %1$s ~ '^\\d+([._]\\d+)*$' THEN string_to_array("
            + "regexp_replace(translate(%1$s, '_', '.'), '(\\.0+)+$', ''), '.')::numeric[] END";

    /** A version that was undone or taken out has a later row of its own; a baseline stands for all before it. */
    private static final String MARK = """
            WITH wanted AS (SELECT %2$s AS parts),
                history AS (SELECT version, %3$s AS parts, installed_rank, type, script, success
                    FROM %1$s WHERE version IS NOT NULL),
                newest AS (SELECT DISTINCT ON (parts) version, parts, type, script, success
                    FROM history ORDER BY parts, installed_rank DESC)
            SELECT EXISTS (SELECT FROM newest n, wanted w WHERE n.success AND n.type !~ 'UNDO|DELETE'
                    AND (n.parts = w.parts OR n.type ~ 'BASELINE' AND n.parts > w.parts)) AS applied,
                (SELECT n.version FROM newest n WHERE n.success AND n.type !~ 'UNDO|DELETE'
                    ORDER BY n.parts DESC NULLS LAST LIMIT 1) AS newest,
                (SELECT n.script FROM newest n, wanted w WHERE NOT n.success AND n.parts <= w.parts
                    ORDER BY n.parts LIMIT 1) AS failed""";

    private final JournalLook journal;

    PgMilestones(PgLine line) {
        this.journal = new JournalLook(line);
    }

    @Override
    public Optional<RunView> run(String named, String hash) {
        try {
            return first("looking for the run", RUN, Tuple.of(named, hash)).map(ViewRows::run);
        } catch (Permanent refused) {
            throw lacking(refused, "grant the role what docs/deploy.md lists for `wait --run`");
        }
    }

    @Override
    public SchemaMark schema(SchemaWish wish) {
        Optional<RunView> run = migrating();
        Optional<Row> mark = history(wish).flatMap(table -> mark(wish, table));
        return new SchemaMark(
                wish.version(),
                mark.map(PgMilestones::state).orElse(SchemaMark.State.ABSENT),
                mark.flatMap(row -> Optional.ofNullable(row.getString("newest"))),
                mark.flatMap(row -> Optional.ofNullable(row.getString("failed"))),
                run);
    }

    private static SchemaMark.State state(Row mark) {
        return mark.getBoolean("applied") ? SchemaMark.State.APPLIED : SchemaMark.State.PENDING;
    }

    /** Flyway's table in quotes; empty while there is none. */
    private Optional<String> history(SchemaWish wish) {
        String schema = wish.schema().map(Identifier::name).orElse("");
        List<String> found = journal.rows(DOING, SCHEMAS, Tuple.of(wish.table().name(), schema)).stream()
                .map(row -> row.getString("schema"))
                .toList();
        if (found.size() > 1) {
            throw new Permanent(new Explanation(
                    "several schemas have a table " + wish.table() + ": " + String.join(", ", found),
                    DOING,
                    Explanation.NOTHING_CHANGED,
                    "name the one that is meant: --history " + found.get(0) + "." + wish.table()));
        }
        return found.stream()
                .findFirst()
                .map(name -> new Identifier(name).quoted() + "." + wish.table().quoted());
    }

    private Optional<Row> mark(SchemaWish wish, String table) {
        String sql = MARK.formatted(table, PARTS.formatted("$1::text"), PARTS.formatted("version"));
        try {
            return first(DOING, sql, Tuple.of(wish.version()));
        } catch (Permanent refused) {
            throw lacking(refused, "grant the role SELECT on " + table + ", and USAGE on its schema");
        }
    }

    /** Who may read the history alone goes by the history alone. */
    private Optional<RunView> migrating() {
        try {
            return first(DOING, MIGRATING, Tuple.tuple()).map(ViewRows::run);
        } catch (Permanent refused) {
            if (SqlStates.of(refused) == SqlState.PRIVILEGE) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private Optional<Row> first(String doing, String sql, Tuple values) {
        return journal.rows(doing, sql, values).stream().findFirst();
    }

    private static Permanent lacking(Permanent refused, String todo) {
        if (SqlStates.of(refused) != SqlState.PRIVILEGE) {
            return refused;
        }
        Explanation why = refused.explanation();
        return new Permanent(new Explanation(why.what(), why.doing(), Explanation.NOTHING_CHANGED, todo), refused);
    }
}
