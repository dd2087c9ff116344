package dev.nightshift.guards.preflight;

import java.util.List;
import java.util.Optional;

/** Only a primary takes writes, and only from a role that may write. */
final class PrimaryCheck {

    private PrimaryCheck() {}

    static List<Answer> judge(Situation situation) {
        Server server = situation.server();
        if (server.inRecovery()) {
            return List.of(Answer.fail("this server is a standby", "name the primary in the plan's database url"));
        }
        Optional<Server.Setting> readOnly = server.settings().stream()
                .filter(setting -> setting.name().equals("default_transaction_read_only")
                        && setting.value().matches("(?i)on|true|yes|1"))
                .findFirst();
        return List.of(readOnly.map(setting -> Answer.fail(
                        "sessions begin read-only: " + setting,
                        "connect as a role that may write, or ask who set it before it is taken back"))
                .orElse(Answer.pass("a primary that takes writes")));
    }
}
