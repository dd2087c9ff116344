/**
 * The life of a run as a pure state machine: states, events, effects as data, and the failures a caller can meet.
 *
 * <p>No I/O, no clock. Uses the JDK and {@code dev.nightshift.guards} only.
 */
@NullMarked
package dev.nightshift.run;

import org.jspecify.annotations.NullMarked;
