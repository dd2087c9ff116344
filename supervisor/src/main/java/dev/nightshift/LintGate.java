package dev.nightshift;

import dev.nightshift.lint.LintRefusal;
import dev.nightshift.lint.Linted;
import dev.nightshift.lint.PlanLint;
import dev.nightshift.lint.ToolScripts;
import dev.nightshift.lint.Unreadable;
import dev.nightshift.plan.Plan;
import dev.nightshift.postgres.PgLintCatalog;
import dev.nightshift.postgres.PgSessions;
import dev.nightshift.run.Permanent;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Lets a plan begin when the linter, with the catalog of its database, finds no error in it that is not waived. */
final class LintGate {

    private final PgSessions sessions;
    private final ToolScripts tools;

    LintGate(PgSessions sessions, ToolScripts tools) {
        this.sessions = sessions;
        this.tools = tools;
    }

    /**
     * The parser and its memory are let go before this returns.
     *
     * @return what was found, for the run's journal
     * @throws Permanent when the plan is refused
     */
    List<Linted> pass(Plan plan, Path file) {
        try {
            return lint(plan, file);
        } catch (Unreadable e) {
            throw new Permanent(e.inPlan());
        } finally {
            // A run lasts for hours after this, and would keep the parser's 128 MiB until its heap is full.
            System.gc();
        }
    }

    private List<Linted> lint(Plan plan, Path file) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        try (PgLintCatalog catalog = PgLintCatalog.open(sessions)) {
            List<Linted> found = new PlanLint(plan, file.toString(), today, catalog)
                    .asking(tools)
                    .findings(catalog.appliedMigrations());
            LintRefusal.of(found, today).ifPresent(refusal -> {
                throw new Permanent(refusal);
            });
            return found;
        }
    }
}
