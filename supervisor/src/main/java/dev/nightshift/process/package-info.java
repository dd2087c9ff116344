/**
 * Workers as child processes of the supervisor, on this machine.
 *
 * <p>Implements the launcher port of {@code drive}; names no library but Vert.x futures.
 */
@NullMarked
package dev.nightshift.process;

import org.jspecify.annotations.NullMarked;
