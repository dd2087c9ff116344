package dev.nightshift.backup;

import dev.nightshift.guards.reading.Lsn;
import java.util.Optional;

/**
 * A backup that somebody else took, with what this program itself knows of it.
 *
 * @param verification {@code attested}, with what its keeper proved where that is known
 * @param after a position that the server had reached when it was done; empty when it was taken without us
 * @param catalogHash of the definitions that it surely holds; empty when they changed meanwhile or were not seen
 */
public record Attested(
        Provider.Found found, String verification, String system, Optional<Lsn> after, Optional<String> catalogHash) {}
