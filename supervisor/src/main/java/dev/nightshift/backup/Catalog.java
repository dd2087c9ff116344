package dev.nightshift.backup;

import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.plan.TableName;
import dev.nightshift.worker.Attempt;
import java.util.List;
import java.util.Optional;

/** What a dump asks the database's catalog. */
public interface Catalog {

    /**
     * Looks at tables, their partitions and the server.
     *
     * @param attempt names the session
     * @param tables empty for every table of the database but the journal's and the system's
     * @return empty when somebody's DDL keeps a table from being looked at for more than a second
     */
    Optional<CatalogFacts> facts(Attempt attempt, List<TableName> tables);

    /**
     * Who keeps a dump from reading: sessions that hold or want a lock against which ACCESS SHARE waits.
     *
     * @param tables as in {@link #facts}; their partitions count too
     * @return in words such as {@code pid 4711 (psql, migrator) holds AccessExclusiveLock on public.orders}
     */
    List<String> lockHolders(Attempt attempt, List<TableName> tables);

    /** Up to where a standby has the WAL on its disk; empty when no such standby is connected, or does not tell. */
    Optional<Lsn> flushed(Attempt attempt, String standby);
}
