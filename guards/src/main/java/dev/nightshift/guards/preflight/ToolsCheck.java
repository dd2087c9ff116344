package dev.nightshift.guards.preflight;

import dev.nightshift.guards.preflight.Machine.DumpRoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A pg_dump older than the server refuses to dump it, and a dump must not fill the disk that it is written to. */
final class ToolsCheck {

    private ToolsCheck() {}

    static List<Answer> judge(Situation situation) {
        Machine machine = situation.machine();
        List<Answer> answers = new ArrayList<>();
        machine.dumpProgram().judge(program -> List.of(Answer.pass(program.orElse("none is needed")))).stream()
                .map(answer ->
                        answer.outcome() == Outcome.UNKNOWN ? Answer.fail(answer.seen(), answer.remedy()) : answer)
                .forEach(answers::add);
        machine.dumpRoom().ifPresent(room -> answers.addAll(room.judge(ToolsCheck::room)));
        List<Answer> faults = answers.stream()
                .filter(answer -> answer.outcome() != Outcome.PASS)
                .toList();
        return Answer.orPass(
                faults, String.join("; ", answers.stream().map(Answer::seen).toList()));
    }

    private static List<Answer> room(DumpRoom room) {
        if (!room.writable()) {
            return List.of(Answer.fail(
                    "this user may not write in " + room.place(),
                    "let it, or name another directory in `backup.dump.directory`"));
        }
        String seen = "a dump of about " + room.expected() + " in " + room.place() + ", " + room.free()
                + " free: the volume will be " + percent(room.fullness()) + " full";
        return List.of(
                room.fullness() > room.fullest()
                        ? Answer.fail(
                                seen + " > " + percent(room.fullest()),
                                "make room there, or name another directory in `backup.dump.directory`")
                        : Answer.pass(seen));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }
}
