package dev.nightshift.guards.preflight;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When the last synchronous standby goes away every commit hangs, the application's too. */
final class SyncStandbyCheck {

    private static final Pattern COUNT = Pattern.compile("(?i)\\s*(?:FIRST|ANY)?\\s*(\\d+)\\s*\\(.*");
    private static final Set<String> SYNCHRONOUS = Set.of("sync", "quorum", "potential");

    private SyncStandbyCheck() {}

    static List<Answer> judge(Situation situation) {
        String names = situation.replication().synchronousNames();
        if (names.isBlank()) {
            return List.of(Answer.pass("replication is asynchronous"));
        }
        int needed = needed(names);
        return situation.replication().standbys().judge(standbys -> {
            long there = standbys.stream()
                    .filter(standby -> SYNCHRONOUS.contains(standby.syncState()))
                    .count();
            return List.of(
                    there <= needed
                            ? Answer.fail(
                                    "synchronous standbys " + there + " <= " + needed
                                            + " needed: when one goes away every commit hangs",
                                    "add a synchronous standby, or waive PF-SYNC-STANDBY in the plan with a reason")
                            : Answer.pass(there + " synchronous standbys, " + needed + " needed"));
        });
    }

    private static int needed(String names) {
        Matcher count = COUNT.matcher(names);
        return count.matches() ? Integer.parseInt(count.group(1)) : 1;
    }
}
