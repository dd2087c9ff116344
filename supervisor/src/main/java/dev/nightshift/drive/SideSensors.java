package dev.nightshift.drive;

import dev.nightshift.guards.reading.Reading;
import dev.nightshift.guards.reading.ReplicaRow;
import io.vertx.core.Future;
import java.util.List;

/** Reads what the primary's own sample cannot hold: a standby as it sees itself, a volume. */
public interface SideSensors {

    /** The signal that is unknown while nothing is read here. */
    String signal();

    /** What is read, as its readings name it. */
    String subject();

    /** Fails when there is no answer in time; never waits for long. */
    Future<Seen> read();

    /**
     * What was read.
     *
     * @param replicas who streams from here
     */
    record Seen(List<ReplicaRow> replicas, List<Reading> readings) {
        public Seen {
            replicas = List.copyOf(replicas);
            readings = List.copyOf(readings);
        }
    }
}
