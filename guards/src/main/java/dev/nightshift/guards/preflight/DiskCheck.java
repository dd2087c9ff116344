package dev.nightshift.guards.preflight;

import dev.nightshift.guards.preflight.Machine.Volume;
import dev.nightshift.guards.reading.ByteSize;
import java.util.List;

/** SQL cannot see free bytes: measured where the server is on this machine, else what will be needed is told. */
final class DiskCheck {

    /** A forecast is right within a factor of two. */
    private static final double MARGIN = 2;

    private DiskCheck() {}

    static List<Answer> judge(Situation situation) {
        PlannedWork work = situation.work();
        ByteSize needed = new ByteSize(Math.round(MARGIN * (work.wal() + work.growth())));
        List<Answer> answers = situation.machine().serverDisk().judge(volume -> List.of(measured(volume, needed)));
        return answers.stream().map(answer -> named(answer, needed)).toList();
    }

    private static Answer measured(Volume volume, ByteSize needed) {
        String seen = "free " + volume.free() + " at " + volume.place();
        return volume.free().compareTo(needed) < 0
                ? Answer.fail(
                        seen + " < " + needed + ", " + MARGIN + " × the forecast of WAL and growth",
                        "make room, or run in several nights with a vacuum between them")
                : Answer.pass(seen + ", " + needed + " may be needed");
    }

    /** Not measured would stop every run against another machine, and be waived everywhere: see ADR 7. */
    private static Answer named(Answer answer, ByteSize needed) {
        return answer.outcome() == Outcome.UNKNOWN
                ? Answer.warn(
                        "not measured: " + answer.seen() + "; about " + needed + " may be needed", answer.remedy())
                : answer;
    }
}
