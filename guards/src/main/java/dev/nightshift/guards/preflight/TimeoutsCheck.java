package dev.nightshift.guards.preflight;

import java.util.List;
import java.util.Set;

/** Nightshift's own sessions set every timeout themselves; those that carry migration files out begin with the role's. */
final class TimeoutsCheck {

    private static final Set<String> TIMEOUTS = Set.of(
            "statement_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout",
            "idle_session_timeout",
            "transaction_timeout");

    private TimeoutsCheck() {}

    static List<Answer> judge(Situation situation) {
        List<String> set = situation.server().settings().stream()
                .filter(setting ->
                        TIMEOUTS.contains(setting.name()) && !setting.value().equals("0"))
                .map(Server.Setting::toString)
                .toList();
        if (!set.isEmpty() && situation.work().schemaStep()) {
            return List.of(Answer.warn(
                    "migrations begin with " + String.join(", ", set),
                    "let long migrations SET LOCAL their own, or ALTER ROLE … RESET it for the role of the plan"));
        }
        return List.of(Answer.pass(
                set.isEmpty() ? "none is set for the role or the database" : "overridden: " + String.join(", ", set)));
    }
}
