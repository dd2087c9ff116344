package dev.nightshift.worker;

import dev.nightshift.plan.SchemaStep;
import dev.nightshift.run.StepRecord;

/** Hands a schema step to whoever applies migrations. */
final class SchemaWork implements StepWork<SchemaStep> {

    private final Migrations migrations;

    SchemaWork(Migrations migrations) {
        this.migrations = migrations;
    }

    @Override
    public StepOutcome carryOut(SchemaStep step, StepRecord record, Workplace place) {
        Stop own = place.pulse().watch();
        try {
            place.awaitPermit("apply migrations");
            place.pulse().now("applies migrations");
            migrations.migrate(step, place.run(), place.attempt(own));
            return new StepOutcome.Done("");
        } finally {
            place.pulse().forget(own);
        }
    }
}
