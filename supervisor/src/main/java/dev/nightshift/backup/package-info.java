/**
 * Takes a dump before a run's first write, proves it good, and finds it again.
 *
 * <p>Runs PostgreSQL's own programs and reads and writes files; asks the database only through its two ports,
 * {@code BackupJournal} and {@code Catalog}. Blocking code. Uses {@code worker} (whose port it implements), {@code run},
 * {@code plan} and {@code time}.
 */
@NullMarked
package dev.nightshift.backup;

import org.jspecify.annotations.NullMarked;
