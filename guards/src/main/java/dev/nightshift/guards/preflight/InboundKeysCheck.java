package dev.nightshift.guards.preflight;

import java.util.ArrayList;
import java.util.List;

/** DDL on a table that others refer to may lock those as well. */
final class InboundKeysCheck {

    private InboundKeysCheck() {}

    static List<Answer> judge(Situation situation) {
        List<String> seen = new ArrayList<>();
        for (Table table : situation.tables()) {
            if (!table.details().inboundKeys().isEmpty()) {
                seen.add(table.name() + " is referred to by "
                        + String.join(", ", table.details().inboundKeys()));
            }
        }
        return List.of(
                Answer.pass(seen.isEmpty() ? "no foreign key points at a touched table" : String.join("; ", seen)));
    }
}
