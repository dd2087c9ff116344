package dev.nightshift.view;

import dev.nightshift.run.RunId;
import dev.nightshift.run.RunState;
import java.time.Instant;
import java.util.Optional;

/**
 * Who a run is and where it stands.
 *
 * @param database the database's name
 * @param since when it came into this state
 * @param by user and host that submitted it
 */
public record RunView(
        RunId id,
        String plan,
        String planHash,
        String database,
        RunState state,
        Instant since,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        String by) {}
