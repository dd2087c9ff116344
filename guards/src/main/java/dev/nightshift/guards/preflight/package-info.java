/**
 * Preflight: whether a plan may start on its database now.
 *
 * <p>{@link dev.nightshift.guards.preflight.PreflightCheck} is the table of all checks; one file holds one check's rule.
 * Facts come in as records, each perhaps not known; what is not known is never taken for fine. Uses the JDK, {@code
 * reading} and what {@code guard} declares; no clock, no I/O.
 */
@NullMarked
package dev.nightshift.guards.preflight;

import org.jspecify.annotations.NullMarked;
