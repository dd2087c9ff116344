package dev.nightshift.schema;

import dev.nightshift.plan.SchemaStep;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.ValidateOutput;
import org.flywaydb.core.api.output.ValidateResult;

/** Flyway as a schema step uses it: versioned migrations of some directories, nothing else. */
final class FlywayCommands {

    /** Flyway tries each second; what lasts longer is waited for outside, where its holder is named. */
    private static final int LOCK_RETRIES = 3;

    /** No file begins like this, so none is taken for a repeatable migration. */
    private static final String NO_REPEATABLES = "no-repeatable-migrations-";

    private final SchemaStep step;
    private final DataSource source;

    FlywayCommands(SchemaStep step, DataSource source) {
        this.step = step;
        this.source = source;
    }

    /**
     * Holds the files against what was applied.
     *
     * @throws Permanent when a file was changed or is missing, or one lies before a version that was applied
     */
    void validate() {
        ValidateResult result = configuration()
                .ignoreMigrationPatterns("*:pending", "*:future", "repeatable:*")
                .load()
                .validateWithResult();
        if (!result.validationSuccessful) {
            List<String> reasons = result.invalidMigrations.stream()
                    .map(FlywayCommands::reason)
                    .distinct()
                    .toList();
            throw new Permanent(new Explanation(
                    "the migrations do not fit what was applied: " + String.join("; ", reasons),
                    "validating schema step " + step.name(),
                    Explanation.NOTHING_CHANGED,
                    "bring the files back as they were applied, or give what is new a higher version"));
        }
    }

    private static String reason(ValidateOutput invalid) {
        return FlywayReason.of(invalid.errorDetails.errorMessage);
    }

    /** The first migration that is to be applied. */
    Optional<MigrationInfo> next() {
        return Arrays.stream(configuration().load().info().pending())
                .filter(MigrationInfo::isVersioned)
                .findFirst();
    }

    void apply(MigrationInfo migration, Callback guard) {
        configuration().target(migration.getVersion()).callbacks(guard).load().migrate();
    }

    /** Flyway found tables and no history, so it cannot know what is applied; it has done nothing. */
    static boolean isWithoutHistory(FlywayException e) {
        return e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE;
    }

    /** Begins the history at this version, as if everything up to it had been applied. */
    void baseline(String version, Callback guard) {
        configuration().baselineVersion(version).callbacks(guard).load().baseline();
    }

    private FluentConfiguration configuration() {
        FluentConfiguration configuration = FlywaySetup.over(source)
                .locations(step.locations().stream()
                        .map(directory -> "filesystem:" + directory)
                        .toArray(String[]::new))
                .failOnMissingLocations(true)
                .table(History.TABLE)
                .createSchemas(false)
                .skipDefaultCallbacks(true)
                .repeatableSqlMigrationPrefix(NO_REPEATABLES)
                .ignoreMigrationPatterns("*:future", "repeatable:*")
                .lockRetryCount(LOCK_RETRIES);
        step.target().ifPresent(configuration::target);
        return configuration;
    }
}
