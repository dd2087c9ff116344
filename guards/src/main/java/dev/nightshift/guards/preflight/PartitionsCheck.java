package dev.nightshift.guards.preflight;

import java.util.List;

/** Attaching or making a partition scans the default one under the strongest lock. */
final class PartitionsCheck {

    private PartitionsCheck() {}

    static List<Answer> judge(Situation situation) {
        List<String> defaults = situation.tables().stream()
                .filter(table -> situation.work().redefined().contains(table.name()))
                .flatMap(table -> table.details().defaultPartitions().stream())
                .toList();
        return Answer.each(
                defaults,
                Answer.warn(
                        "a new partition has these scanned: ",
                        "give each a validated CHECK that leaves the new partition's rows out"),
                "no default partition of a table that is redefined");
    }
}
