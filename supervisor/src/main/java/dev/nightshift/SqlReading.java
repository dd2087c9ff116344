package dev.nightshift;

import dev.nightshift.guards.preflight.Fact;
import dev.nightshift.guards.preflight.StepSql;
import dev.nightshift.lint.PlanSql;
import dev.nightshift.lint.ToolScripts;
import dev.nightshift.lint.Unreadable;
import dev.nightshift.plan.Plan;
import dev.nightshift.postgres.PgLintCatalog;
import dev.nightshift.postgres.PgSessions;
import dev.nightshift.run.Transient;
import java.util.List;

/** Reads the SQL of a plan with PostgreSQL's grammar and one database's catalog. */
@FunctionalInterface
interface SqlReading {

    /** Blocks; what cannot be read is a fact that is not known. */
    Fact<List<StepSql>> of(Plan plan);

    /** Reads in this process; the parser and its memory are let go before it answers. */
    static SqlReading here(PgSessions sessions, ToolScripts tools) {
        return plan -> {
            if (!PlanSql.isIn(plan)) {
                return Fact.of(List.of());
            }
            try (PgLintCatalog catalog = PgLintCatalog.open(sessions)) {
                return Fact.of(new PlanSql(plan, catalog, tools).steps(catalog.appliedMigrations()));
            } catch (Unreadable e) {
                return Fact.unknown(e.inPlan().what(), e.inPlan().todo());
            } catch (Transient e) {
                return Fact.unknown(e.explanation().what(), e.explanation().todo());
            } finally {
                // A run lasts for hours after this, and would keep the parser's 128 MiB until its heap is full.
                System.gc();
            }
        };
    }
}
