package dev.nightshift.guards.preflight;

import java.util.List;

/** A pg_dump older than the server refuses to dump it. */
final class ToolsCheck {

    private ToolsCheck() {}

    static List<Answer> judge(Situation situation) {
        return situation
                .machine()
                .dumpProgram()
                .judge(program -> List.of(Answer.pass(program.orElse("none is needed"))))
                .stream()
                .map(answer ->
                        answer.outcome() == Outcome.UNKNOWN ? Answer.fail(answer.seen(), answer.remedy()) : answer)
                .toList();
    }
}
