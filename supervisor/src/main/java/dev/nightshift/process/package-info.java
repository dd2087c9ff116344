/**
 * Workers as child processes of the supervisor, and tools of other people as child processes of a worker, on this machine.
 *
 * <p>Implements the launcher port of {@code drive} and the tools of {@code worker}; names no library but Vert.x futures.
 */
@NullMarked
package dev.nightshift.process;

import org.jspecify.annotations.NullMarked;
