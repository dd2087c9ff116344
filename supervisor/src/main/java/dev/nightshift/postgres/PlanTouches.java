package dev.nightshift.postgres;

import dev.nightshift.guards.preflight.PlannedWork;
import dev.nightshift.guards.preflight.WalForecast;
import dev.nightshift.plan.BackfillStep;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.SchemaStep;
import dev.nightshift.plan.SqlStatement;
import dev.nightshift.plan.SqlText;
import dev.nightshift.plan.StatementStep;
import dev.nightshift.plan.Step;
import dev.nightshift.plan.TableName;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a plan's own text says of the tables, indexes and constraints that it works on; migration files are not read. */
final class PlanTouches {

    private static final Pattern CONSTRAINT = Pattern.compile(
            "(?i)\\b(?:VALIDATE|DROP)\\s+CONSTRAINT\\s+(?:IF\\s+EXISTS\\s+)?(\"(?:[^\"]|\"\")+\"|[\\w$]+)");

    private static final Pattern RELIES = Pattern.compile("(?i)\\bSET\\s+NOT\\s+NULL\\b|\\bATTACH\\s+PARTITION\\b");

    private final Set<TableName> names = new LinkedHashSet<>();
    private final Set<String> redefined = new HashSet<>();
    private final Set<String> ownersOnly = new HashSet<>();
    private final Set<String> built = new HashSet<>();
    private final Set<String> proved = new HashSet<>();
    private final Plan plan;
    private boolean relies;

    private PlanTouches(Plan plan) {
        this.plan = plan;
    }

    static PlanTouches of(Plan plan) {
        PlanTouches touches = new PlanTouches(plan);
        plan.steps().forEach(touches::add);
        plan.abort().forEach(touches::addUndone);
        return touches;
    }

    /** Schemas and names, as two arrays. */
    Tuple tables() {
        return Tuple.tuple()
                .addArrayOfString(names.stream().map(TableName::schema).toArray(String[]::new))
                .addArrayOfString(names.stream().map(TableName::name).toArray(String[]::new));
    }

    PlannedWork work(List<WalForecast> forecasts) {
        return new PlannedWork(
                plan.replicas(),
                plan.steps().stream().anyMatch(SchemaStep.class::isInstance),
                redefined,
                ownersOnly,
                built,
                proved,
                relies,
                forecasts);
    }

    private void add(Step step) {
        if (step instanceof BackfillStep backfill) {
            names.add(backfill.table());
        } else if (step instanceof StatementStep statement) {
            List<TableName> named = statement.statement().qualifiedNames();
            names.addAll(named);
            index(statement.sql());
            constraints(statement.sql());
            define(
                    statement.statement(),
                    named.stream().map(TableName::toString).toList());
        }
    }

    /** What an abort plan takes away may be there from a run before. */
    private void addUndone(Step step) {
        if (step instanceof StatementStep statement) {
            index(statement.sql());
            constraints(statement.sql());
        }
    }

    private void index(String sql) {
        IndexStatement.of(sql).ifPresent(index -> built.add(new TableName(index.schema(), index.name()).toString()));
    }

    private void constraints(String sql) {
        Matcher constraint = CONSTRAINT.matcher(sql);
        while (constraint.find()) {
            proved.add(constraint.group(1));
        }
        relies |= RELIES.matcher(sql).find();
    }

    private void define(SqlStatement statement, List<String> named) {
        List<String> words = SqlText.of(statement.text()).firstWords(2);
        String first = String.join(" ", words);
        boolean table = Set.of("ALTER TABLE", "DROP TABLE").contains(first);
        boolean index = Set.of("CREATE INDEX", "CREATE UNIQUE").contains(first);
        // What stands first is what is changed; what an ALTER refers to behind it need not be owned.
        named.stream().limit(1).forEach(name -> {
            if (table) {
                redefined.add(name);
            }
            if (table || index) {
                ownersOnly.add(name);
            }
        });
    }
}
