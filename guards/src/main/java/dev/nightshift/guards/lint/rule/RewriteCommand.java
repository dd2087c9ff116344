package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Maintenance;
import dev.nightshift.guards.lint.tree.Name;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** TBL-REWRITE-CMD: VACUUM FULL, CLUSTER, SET LOGGED or UNLOGGED, SET TABLESPACE, SET ACCESS METHOD. */
final class RewriteCommand extends Rule {
    RewriteCommand() {
        super(new RuleCard(
                "TBL-REWRITE-CMD",
                Severity.ERROR,
                "VACUUM FULL, CLUSTER, SET LOGGED or UNLOGGED, SET TABLESPACE, SET ACCESS METHOD",
                "ACCESS EXCLUSIVE",
                "the whole table is written anew, with twice the disk and all of it in the WAL, while nobody can read it",
                "pg_repack or pg_squeeze; plain VACUUM",
                "VACUUM FULL shop.t",
                "VACUUM (ANALYZE) shop.t"));
    }

    private static final Map<String, String> ACTIONS = Map.of(
            "SetLogged", "SET LOGGED",
            "SetUnLogged", "SET UNLOGGED",
            "SetTableSpace", "SET TABLESPACE",
            "SetAccessMethod", "SET ACCESS METHOD");

    @Override
    public Stream<Hit> check(Step step) {
        if (Maintenance.isVacuumFull(step.tree())) {
            return whole(step, "VACUUM FULL");
        }
        if (step.is("ClusterStmt")) {
            return whole(step, "CLUSTER");
        }
        if (step.is("AlterTableMoveAllStmt")) {
            return Stream.of(hit("moving all tables to another tablespace" + REWRITES));
        }
        return step.alterTable().stream()
                .filter(alter -> !step.isNew(alter.relation()))
                .flatMap(alter -> alter.commands().stream()
                        .filter(command -> ACTIONS.containsKey(command.action()))
                        .map(command -> rewrite(ACTIONS.getOrDefault(command.action(), ""), alter.relation())));
    }

    private static final String REWRITES = " writes all of it anew while nobody can read it";

    private static Stream<Hit> whole(Step step, String command) {
        List<Name> targets =
                step.targets().stream().filter(name -> !name.name().isEmpty()).toList();
        if (targets.isEmpty()) {
            return Stream.of(hit(command + " of every table of the database" + REWRITES));
        }
        return targets.stream().filter(name -> !step.isNew(name)).map(name -> rewrite(command, name));
    }

    private static Hit rewrite(String command, Name relation) {
        return hit(command + " of " + relation + REWRITES)
                .on(relation)
                .locking(LockMode.ACCESS_EXCLUSIVE)
                .weighedBySize();
    }
}
