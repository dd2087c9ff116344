package dev.nightshift.worker;

import dev.nightshift.plan.ExternalStep;
import dev.nightshift.plan.HoldStep;
import dev.nightshift.plan.SchemaStep;
import dev.nightshift.plan.StatementStep;
import dev.nightshift.plan.Step;
import dev.nightshift.plan.VerifyStep;
import dev.nightshift.plan.WalkStep;
import dev.nightshift.plan.WorkloadsStep;
import dev.nightshift.run.StepRecord;

/** Knows who carries out which kind of step. */
public final class Works {

    private final WalkWork walks;
    private final StatementWork statements;
    private final VerifyWork verifications;
    private final SchemaWork migrations;
    private final ExternalWork tools;
    private final HoldWork holds = new HoldWork();
    private final WorkloadsWork workloads = new WorkloadsWork();

    public Works(
            Walks walks,
            Statements statements,
            Verifications verifications,
            Migrations migrations,
            Tools tools,
            ToolSessions sessions) {
        this.walks = new WalkWork(walks);
        this.statements = new StatementWork(statements);
        this.verifications = new VerifyWork(verifications);
        this.migrations = new SchemaWork(migrations);
        this.tools = new ExternalWork(tools, sessions, verifications);
    }

    StepOutcome carryOut(Step step, StepRecord record, Workplace place) {
        if (step instanceof WalkStep walk) {
            return walks.carryOut(walk, record, place);
        } else if (step instanceof StatementStep statement) {
            return statements.carryOut(statement, record, place);
        } else if (step instanceof VerifyStep verify) {
            return verifications.carryOut(verify, record, place);
        } else if (step instanceof SchemaStep schema) {
            return migrations.carryOut(schema, record, place);
        } else if (step instanceof ExternalStep external) {
            return tools.carryOut(external, record, place);
        } else if (step instanceof WorkloadsStep stopped) {
            return workloads.carryOut(stopped, record, place);
        } else if (step instanceof HoldStep hold) {
            return holds.carryOut(hold, record, place);
        }
        throw new IllegalStateException("no one carries out a step of kind " + step.kind());
    }
}
