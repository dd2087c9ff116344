/**
 * Guards: rules over readings that answer with a verdict and its reasons.
 *
 * <p>{@link dev.nightshift.guards.guard.GuardKind} is the table of all guards; one file holds one guard's rule. A rule
 * only measures; durations, hysteresis and levels are the same fold for all of them. {@link
 * dev.nightshift.guards.guard.Watch} joins them. Uses the JDK, {@code reading} and {@code pace}; no clock, no I/O.
 */
@NullMarked
package dev.nightshift.guards.guard;

import org.jspecify.annotations.NullMarked;
