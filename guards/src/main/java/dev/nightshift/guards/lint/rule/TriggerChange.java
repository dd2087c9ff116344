package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.SettingChanges;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Drops;
import dev.nightshift.guards.lint.tree.Name;
import java.util.stream.Stream;

/** TRG-CHANGE: CREATE, DROP, ENABLE or DISABLE TRIGGER on an existing table; session_replication_role. */
final class TriggerChange extends Rule {
    TriggerChange() {
        super(new RuleCard(
                "TRG-CHANGE",
                Severity.WARN,
                "CREATE, DROP, ENABLE or DISABLE TRIGGER on an existing table; session_replication_role",
                "SHARE ROW EXCLUSIVE; ACCESS EXCLUSIVE to drop",
                "what the trigger ensures holds for some rows only; DISABLE ALL and replica turn foreign keys off too",
                "a lock_timeout; never DISABLE TRIGGER ALL",
                "ALTER TABLE shop.t DISABLE TRIGGER ALL",
                "ALTER TRIGGER x ON shop.t RENAME TO y"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        Node tree = step.tree();
        if (step.is("CreateTrigStmt")) {
            return on(
                    step,
                    Name.of(tree.node("relation")),
                    "CREATE TRIGGER blocks writers",
                    LockMode.SHARE_ROW_EXCLUSIVE);
        }
        if (Drops.drops(tree, "OBJECT_TRIGGER")) {
            return step.targets().stream()
                    .flatMap(table ->
                            on(step, table, "DROP TRIGGER blocks readers and writers", LockMode.ACCESS_EXCLUSIVE));
        }
        if (step.is("CreateEventTrigStmt") || step.is("AlterEventTrigStmt")) {
            return Stream.of(hit("an event trigger runs in every session's DDL"));
        }
        return Stream.concat(switched(step), role(step));
    }

    private static Stream<Hit> on(Step step, Name table, String message, LockMode mode) {
        return step.isNew(table)
                ? Stream.empty()
                : Stream.of(hit(message + " of " + table).on(table).locking(mode));
    }

    private static Stream<Hit> switched(Step step) {
        return Change.of(step)
                .filter(change -> change.command().action().matches("(Enable|Disable).*Trig.*"))
                .map(change -> hit(change.command().is("DisableTrigAll")
                                        || change.command().is("DisableTrigUser")
                                ? "rows written meanwhile bypass the triggers of " + change.table()
                                        + (change.command().is("DisableTrigAll") ? ", foreign keys included" : "")
                                : "switching a trigger of " + change.table() + " blocks writers")
                        .on(change.table())
                        .locking(LockMode.SHARE_ROW_EXCLUSIVE));
    }

    private static Stream<Hit> role(Step step) {
        return SettingChanges.of(step.tree()).stream()
                .filter(change -> change.name().equals("session_replication_role"))
                .filter(change ->
                        change.value().filter("replica"::equalsIgnoreCase).isPresent())
                .map(change -> hit("triggers and foreign keys do not fire in this session any more")
                        .at(change.at()));
    }
}
