/**
 * Pacing: how many WAL bytes a second the run may cause, and how the worker keeps to it.
 *
 * <p>The law is the supervisor's, batch sizes and the token bucket are the worker's; all of it is arithmetic over
 * instants and bytes passed in. Uses the JDK and {@code reading}; knows no guard.
 */
@NullMarked
package dev.nightshift.guards.pace;

import org.jspecify.annotations.NullMarked;
