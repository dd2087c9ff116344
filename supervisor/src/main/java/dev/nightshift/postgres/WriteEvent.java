package dev.nightshift.postgres;

import dev.nightshift.plan.CopyStep;
import dev.nightshift.plan.DeleteStep;
import dev.nightshift.plan.WalkStep;

/** What a walk does to the table that it writes, as the catalog knows it. */
enum WriteEvent {
    INSERT("inserted", 4, "3"),
    UPDATE("updated", 16, "2"),
    DELETE("deleted", 8, "4");

    private final String done;
    private final int triggerBit;
    private final String ruleType;

    WriteEvent(String done, int triggerBit, String ruleType) {
        this.done = done;
        this.triggerBit = triggerBit;
        this.ruleType = ruleType;
    }

    static WriteEvent of(WalkStep step) {
        if (step instanceof CopyStep) {
            return INSERT;
        }
        return step instanceof DeleteStep ? DELETE : UPDATE;
    }

    /** The statement, which is the privilege too. */
    String verb() {
        return name();
    }

    /** What has become of a row. */
    String done() {
        return done;
    }

    /** In pg_trigger.tgtype. */
    int triggerBit() {
        return triggerBit;
    }

    /** As pg_rewrite.ev_type. */
    String ruleType() {
        return ruleType;
    }
}
