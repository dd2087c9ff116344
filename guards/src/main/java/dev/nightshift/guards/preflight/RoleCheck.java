package dev.nightshift.guards.preflight;

import java.util.ArrayList;
import java.util.List;

/** A role that cannot see replicas and sessions would take nothing for fine; one that is no owner fails at its first DDL. */
final class RoleCheck {

    private RoleCheck() {}

    static List<Answer> judge(Situation situation) {
        String role = situation.server().role();
        List<Answer> faults = new ArrayList<>();
        if (!situation.server().seesAll()) {
            faults.add(Answer.fail(
                    "role " + role + " lacks pg_monitor, so replicas and sessions cannot be seen",
                    "GRANT pg_monitor TO " + role));
        }
        if (!situation.server().superusers().isEmpty()) {
            faults.add(Answer.fail(
                    "workers of superusers are at work, and role " + role + " may not end their sessions: "
                            + String.join(", ", situation.server().superusers()),
                    "let workers log in as an ordinary role, or supervise them as a superuser"));
        }
        for (Table table : situation.tables()) {
            if (!table.owned() && situation.work().ownersOnly().contains(table.name())) {
                faults.add(Answer.fail(
                        "role " + role + " does not own " + table.name() + ", and a step does what only the owner may",
                        "run as its owner, or GRANT the owner's role TO " + role));
            }
        }
        return Answer.orPass(faults, role + " sees replicas and sessions, and owns what steps define anew");
    }
}
