package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Name;
import java.util.Map;
import java.util.stream.Stream;

/** RLS-POLICY: ENABLE or FORCE ROW LEVEL SECURITY, or a restrictive policy. */
final class RowSecurity extends Rule {
    RowSecurity() {
        super(new RuleCard(
                "RLS-POLICY",
                Severity.WARN,
                "ENABLE or FORCE ROW LEVEL SECURITY, or a restrictive policy",
                "ACCESS EXCLUSIVE",
                "rows vanish for clients that run, without an error",
                "create the policies before enabling",
                "ALTER TABLE shop.t ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY p ON shop.t FOR SELECT USING (true)"));
    }

    private static final Map<String, String> ACTIONS = Map.of(
            "EnableRowSecurity", "ENABLE ROW LEVEL SECURITY",
            "ForceRowSecurity", "FORCE ROW LEVEL SECURITY");

    @Override
    public Stream<Hit> check(Step step) {
        if (step.is("CreatePolicyStmt")) {
            Name table = Name.of(step.tree().node("table"));
            boolean restricts = !step.tree().flag("permissive") && !step.isNew(table);
            return restricts ? Stream.of(vanish("a restrictive policy", table)) : Stream.empty();
        }
        return Change.of(step)
                .filter(change -> ACTIONS.containsKey(change.command().action()))
                .map(change -> vanish(ACTIONS.getOrDefault(change.command().action(), ""), change.table()));
    }

    private static Hit vanish(String what, Name table) {
        return hit(what + ": rows of " + table + " may vanish for clients that run")
                .on(table)
                .locking(LockMode.ACCESS_EXCLUSIVE);
    }
}
