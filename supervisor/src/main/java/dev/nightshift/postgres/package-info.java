/**
 * Everything that speaks to PostgreSQL through the Vert.x client: sessions with their settings, what each SQLSTATE
 * means, the supervisor's sensors and journal, and the worker's batches and statements.
 *
 * <p>The only package that names that client. Implements the ports of {@code drive} and {@code worker}; failures leave
 * it as {@link dev.nightshift.run.Trouble}, told apart by SQLSTATE and never by a message's text.
 */
@NullMarked
package dev.nightshift.postgres;

import org.jspecify.annotations.NullMarked;
