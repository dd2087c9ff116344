package dev.nightshift.schema;

import dev.nightshift.plan.SchemaStep;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Trouble;
import dev.nightshift.worker.Attempt;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** Carries a schema step out: one migration after the other, each tried again while others are in its way. */
final class SchemaMigration {

    private final FlywayMigrations.Patience patience;
    private final MigrationSessions sessions;
    private final SchemaStep step;
    private final Attempt attempt;
    private final MigrationWatch watch;
    private final FlywayCommands flyway;
    private int tries;

    SchemaMigration(
            FlywayMigrations.Patience patience,
            MigrationSessions sessions,
            SchemaStep step,
            Attempt attempt,
            MigrationWatch watch) {
        this.patience = patience;
        this.sessions = sessions;
        this.step = step;
        this.attempt = attempt;
        this.watch = watch;
        this.flyway = new FlywayCommands(step, sessions.source());
    }

    /** Returns when every migration up to the target is applied. */
    void carryOut() {
        boolean more = true;
        for (boolean validated = false; more; validated = true) {
            more = next(validated);
        }
    }

    private boolean next(boolean validated) {
        try {
            stopIfAsked();
            Optional<Leftovers.Resume> resume = settle();
            if (!validated) {
                flyway.validate();
            }
            Optional<MigrationInfo> migration = flyway.next();
            migration.ifPresent(pending -> tryOnce(pending, resume));
            return migration.isPresent();
        } catch (SQLException | FlywayException e) {
            stopIfAsked();
            throw MigrationFailure.before(e, step);
        }
    }

    private Optional<Leftovers.Resume> settle() throws SQLException {
        try (Connection session = sessions.open()) {
            return new Leftovers(session, step, attempt, watch).settle();
        }
    }

    private void tryOnce(MigrationInfo migration, Optional<Leftovers.Resume> resume) {
        MigrationGuard guard = new MigrationGuard(attempt, step.name(), skip(migration, resume));
        watch.doing("applies " + migration.getScript());
        tries++;
        try {
            apply(migration, guard);
            tries = 0;
        } catch (RuntimeException e) {
            judge(e, migration, guard);
        }
    }

    private void apply(MigrationInfo migration, MigrationGuard guard) {
        try {
            flyway.apply(migration, guard);
        } catch (FlywayException e) {
            if (!FlywayCommands.isWithoutHistory(e)) {
                throw e;
            }
            String version = step.baseline().orElseThrow(() -> new Permanent(SchemaChecks.withoutHistory(step), e));
            watch.doing("takes version " + version + " of the schema as applied");
            flyway.baseline(version, guard);
        }
    }

    private int skip(MigrationInfo migration, Optional<Leftovers.Resume> resume) {
        if (resume.isEmpty() || !resume.get().script().equals(migration.getScript())) {
            return 0;
        }
        Leftovers.Resume from = resume.get();
        if (from.statements() > 0 && !Objects.equals(migration.getChecksum(), from.checksum())) {
            throw MigrationFailure.changedInBetween(migration, from.statements());
        }
        return from.statements();
    }

    /** Returns when it is to be tried again, and throws otherwise. */
    private void judge(RuntimeException e, MigrationInfo migration, MigrationGuard guard) {
        Optional<Trouble> trouble = MigrationFailure.cause(e, Trouble.class);
        if (trouble.isPresent()) {
            throw trouble.get();
        }
        boolean lost = SqlTrouble.isConnectionLost(e);
        if (guard.sent().isPresent() && !lost) {
            answered();
        }
        if (guard.sent().isPresent() && guard.sent().get().index().isEmpty() && lost) {
            throw MigrationFailure.unknown(e, migration, guard.sent().get());
        }
        stopIfAsked();
        if (MigrationFailure.cause(e, MigrationGuard.NoPermit.class).isPresent()) {
            tries--;
            watch.doing("waits for a permit before " + migration.getScript());
            pause(patience.permitPoll());
        } else if (lost) {
            throw MigrationFailure.lost(e, migration);
        } else {
            waitForOthers(e, migration, guard);
        }
    }

    private void answered() {
        try (Connection session = sessions.open()) {
            Unfinished.answered(session, attempt, step.name());
        } catch (SQLException e) {
            throw MigrationFailure.before(e, step);
        }
    }

    private void waitForOthers(RuntimeException e, MigrationInfo migration, MigrationGuard guard) {
        Optional<String> blocker = blocker(e);
        if (blocker.isEmpty()) {
            throw MigrationFailure.of(e, migration, guard);
        }
        if (tries >= patience.tries()) {
            throw MigrationFailure.gaveUp(e, migration, blocker.get(), tries);
        }
        watch.doing(
                "try " + tries + " of " + patience.tries() + " for " + migration.getScript() + ": " + blocker.get());
        pause(patience.between().after(tries, ThreadLocalRandom.current()));
    }

    /** Who was in the way, when that is why it failed. */
    private Optional<String> blocker(RuntimeException e) {
        if (SqlTrouble.isInTheWay(e)) {
            String seen = watch.blocker();
            return Optional.of(seen.isEmpty() ? "a session that is gone now" : seen);
        }
        if (SqlTrouble.find(e).isPresent()) {
            return Optional.empty();
        }
        try (Connection session = sessions.open()) {
            return History.of(session)
                    .lockHolder()
                    .map(holder -> "another Flyway, " + holder + ", holds Flyway's lock");
        } catch (SQLException unreachable) {
            throw MigrationFailure.before(unreachable, step);
        }
    }

    private void pause(java.time.Duration duration) {
        try (Pause pause = new Pause(attempt.stop())) {
            pause.of(duration);
        }
        stopIfAsked();
    }

    private void stopIfAsked() {
        if (watch.stopAsked()) {
            throw new Transient(new Explanation(
                    "the migrations were stopped",
                    "schema step " + step.name(),
                    "what was applied stays; what was cut off was rolled back or is cleared away before the next try",
                    "nothing: it goes on where it stopped"));
        }
    }
}
