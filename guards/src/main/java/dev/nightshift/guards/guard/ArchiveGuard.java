package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * WAL segments that wait to be archived: the server keeps each until it has been, and a restore ends before the first.
 * While the newest try has failed it slows, however few they are.
 */
final class ArchiveGuard implements Guard {

    @Override
    public GuardKind kind() {
        return GuardKind.ARCHIVE;
    }

    @Override
    public List<Measure> measure(Facts facts) {
        List<Measure> measures = new ArrayList<>();
        for (Reading waiting : facts.readings(kind().key())) {
            measures.add(Measure.of(waiting));
        }
        for (Reading failing : facts.readings(Reading.ARCHIVE_FAILING)) {
            if (failing.value().isEmpty()) {
                measures.add(Measure.unknown("archiver", failing.note()).upTo(Level.SLOW));
            } else if (failing.value().getAsDouble() > 0) {
                measures.add(Measure.of("archiver", facts.slowsAt(kind()))
                        .said("fails", "!=", "archives")
                        .noting(failing.note())
                        .upTo(Level.SLOW));
            }
        }
        return measures;
    }
}
