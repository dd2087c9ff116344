package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An index build, vacuum, rewrite or copy of ours whose counters stand still in a phase in which they should move. */
final class ProgressStallGuard implements Guard {

    @Override
    public GuardKind kind() {
        return GuardKind.PROGRESS_STALL;
    }

    @Override
    public List<Measure> measure(Facts facts) {
        List<Measure> measures = new ArrayList<>();
        for (Reading progress : facts.readings(kind().key())) {
            // The note is the counters: for as long as it is the same, nothing has moved.
            measures.add(Measure.lasting(progress.subject(), progress.note(), Duration.ZERO)
                    .noting(progress.note()));
        }
        return measures;
    }
}
