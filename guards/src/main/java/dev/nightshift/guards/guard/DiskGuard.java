package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * What is free on the volumes of the server's data and WAL: a server without room stops, and a standby that waits for its
 * slot may be the reason.
 */
final class DiskGuard implements Guard {

    /** On a bigger volume a share says little: a tenth of 4 TiB is no danger, and a tenth of this is. */
    private static final double PLENTY = 50.0 * (1L << 30);

    @Override
    public GuardKind kind() {
        return GuardKind.DISK;
    }

    @Override
    public List<Measure> measure(Facts facts) {
        List<Measure> measures = new ArrayList<>();
        for (Reading free : facts.readings(Reading.DISK_FREE)) {
            double size = facts.reading(Reading.DISK_SIZE, free.subject())
                    .map(reading -> reading.value().orElse(Double.NaN))
                    .orElse(Double.NaN);
            double left = free.value().orElse(Double.NaN);
            measures.add(
                    Double.isFinite(left / size)
                            ? Measure.of(free.subject(), Math.min(1, Math.max(left / size, left / PLENTY)))
                                    .noting(Unit.BYTES.text(left) + " of " + Unit.BYTES.text(size) + " are free")
                            : Measure.unknown(free.subject(), free.note()));
        }
        return measures;
    }
}
