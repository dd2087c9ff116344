package dev.nightshift.schema;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** Flyway as all of Nightshift uses it. */
final class FlywaySetup {

    private FlywaySetup() {}

    /** With a lock that is held by a session: CREATE INDEX CONCURRENTLY would wait for Flyway's own lock transaction. */
    static FluentConfiguration over(DataSource sessions) {
        FluentConfiguration configuration = Flyway.configure().dataSource(sessions);
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        return configuration;
    }
}
