/**
 * The queue of a database: the runs that were submitted and wait, which of them may begin now, and who has approved
 * them.
 *
 * <p>Pure: no I/O, no clock. Uses the JDK, {@code run}, {@code plan} and {@code time}.
 */
@NullMarked
package dev.nightshift.queue;

import org.jspecify.annotations.NullMarked;
