package dev.nightshift.postgres;

import dev.nightshift.run.RunId;
import io.vertx.core.json.JsonArray;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tables that a run's sessions were seen to lock for more than reading; between two batches nothing is locked. */
final class TouchedTables {
    private static final int MOST = 50;

    private final Set<Long> oids = new LinkedHashSet<>();
    private @Nullable RunId known;

    synchronized Long[] of(RunId run) {
        return run.equals(known) ? oids.toArray(Long[]::new) : new Long[0];
    }

    synchronized void add(RunId run, @Nullable JsonArray locked) {
        if (!run.equals(known)) {
            oids.clear();
            known = run;
        }
        for (int i = 0; locked != null && i < locked.size() && oids.size() < MOST; i++) {
            oids.add(locked.getLong(i));
        }
    }
}
