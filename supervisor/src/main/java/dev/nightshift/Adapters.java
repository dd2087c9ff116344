package dev.nightshift;

import dev.nightshift.backup.CommandedBackups;
import dev.nightshift.backup.ElsewhereBackup;
import dev.nightshift.drive.AbortPlan;
import dev.nightshift.drive.Backups;
import dev.nightshift.drive.PreflightChecks;
import dev.nightshift.drive.Report;
import dev.nightshift.guards.preflight.PreflightReport;
import dev.nightshift.kubernetes.SnapshotProvider;
import dev.nightshift.lint.ToolScripts;
import dev.nightshift.lint.Unreadable;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.postgres.Passwords;
import dev.nightshift.postgres.PgBackupJournal;
import dev.nightshift.postgres.PgCatalog;
import dev.nightshift.postgres.PgClaims;
import dev.nightshift.postgres.PgWorkJournal;
import dev.nightshift.process.ChildTools;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.StepRecord;
import dev.nightshift.schema.FlywayMigrations;
import dev.nightshift.schema.Login;
import dev.nightshift.worker.AbortSteps;
import dev.nightshift.worker.BackupBefore;
import dev.nightshift.worker.Mandate;
import dev.nightshift.worker.Migrations;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ports that are made of several adapters. */
final class Adapters {

    private Adapters() {}

    /** @param images whether tools can be started from images of their own */
    static PreflightChecks preflight(Vertx vertx, Site site, SqlReading sql, boolean images) {
        return plan -> vertx.<PreflightReport>executeBlocking(
                () -> site.preflight(sql, images).look(plan));
    }

    static Migrations migrations(DatabaseUrl url, Map<String, String> environment) {
        return new FlywayMigrations(Login.of(url, Passwords.find(url, environment)));
    }

    static ChildTools tools(DatabaseUrl url, Map<String, String> environment) {
        return new ChildTools(url, Passwords.find(url, environment), environment);
    }

    /** @param connected whether the database may be asked for its revision */
    static ToolScripts scripts(DatabaseUrl url, Map<String, String> environment, boolean connected) {
        return step -> {
            if (step.printsFromCurrent() && !connected) {
                return Optional.empty();
            }
            try {
                return Optional.of(tools(url, environment).sql(step));
            } catch (Permanent e) {
                throw new Unreadable(e.explanation().what(), e.explanation().todo());
            }
        };
    }

    /** A run that never began a step has nothing to undo. */
    static AbortPlan abortPlan(Site site, Tenure tenure) {
        AbortSteps steps = WorkerMain.abortSteps(
                site.sessions, migrations(site.url, site.environment), tools(site.url, site.environment));
        return (run, plan, guards) -> tenure.journal()
                .report(run)
                .compose(report -> begun(report)
                        ? site.vertx.executeBlocking(() -> steps.carryOut(run, plan, AbortSteps.BUDGET, guards))
                        : Future.succeededFuture(List.of()));
    }

    static Backups backups(Site site) {
        ElsewhereBackup backup = ElsewhereBackup.of(
                new PgCatalog(site.sessions), new PgBackupJournal(site.sessions), providers(site.environment));
        return new SupervisedBackups(
                site.vertx,
                new BackupBefore(
                        new PgClaims(site.sessions),
                        claim -> new PgWorkJournal(site.sessions, claim, Mandate.WORK),
                        backup));
    }

    /** Who takes the backup of a plan; what reaches a cluster is made when it is asked for. */
    static ElsewhereBackup.Providers providers(Map<String, String> environment) {
        // A reference to the method would load the Kubernetes client for every plan.
        return CommandedBackups.of(environment, spec -> SnapshotProvider.of(spec));
    }

    private static boolean begun(Report report) {
        return report.steps().stream().anyMatch(s -> !s.abort() && s.state() != StepRecord.State.PENDING);
    }
}
