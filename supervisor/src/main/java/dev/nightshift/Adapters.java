package dev.nightshift;

import dev.nightshift.drive.AbortPlan;
import dev.nightshift.drive.PreflightChecks;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.postgres.BackfillChecks;
import dev.nightshift.postgres.Passwords;
import dev.nightshift.postgres.PgPreflight;
import dev.nightshift.schema.FlywayMigrations;
import dev.nightshift.schema.Login;
import dev.nightshift.worker.Migrations;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Ports that are made of several adapters. */
final class Adapters {

    private Adapters() {}

    static PreflightChecks preflight(Vertx vertx, Site site) {
        BackfillChecks backfills = new BackfillChecks(site.sessions);
        return new PgPreflight(
                site.sensing, plan -> vertx.executeBlocking(() -> backfills.problems(plan)), Instant::now);
    }

    static Migrations migrations(DatabaseUrl url, Map<String, String> environment) {
        return new FlywayMigrations(Login.of(url, Passwords.find(url, environment)));
    }

    static AbortPlan abortPlan(Vertx vertx, Site site) {
        return (run, plan) -> vertx.executeBlocking(() -> List.of());
    }
}
