package dev.nightshift.drive;

import dev.nightshift.guards.reading.Sample;
import dev.nightshift.run.RunId;
import io.vertx.core.Future;

/** Reads every signal in one round trip, on a connection of its own. */
public interface Sensors {

    /** Fails when the server did not answer within a second; that is an observation too. */
    Future<Sample> read(RunId run);
}
