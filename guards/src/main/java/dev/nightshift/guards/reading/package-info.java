/**
 * Readings: values and the instant at which they were taken, and the small number types they are made of.
 *
 * <p>Nothing here judges; that is {@code dev.nightshift.guards.guard}. Uses the JDK only.
 */
@NullMarked
package dev.nightshift.guards.reading;

import org.jspecify.annotations.NullMarked;
