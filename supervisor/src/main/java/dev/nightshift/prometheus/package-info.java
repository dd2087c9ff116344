/**
 * Asks Prometheus, or what speaks its HTTP API, the questions of a plan.
 *
 * <p>Only Vert.x is named here; whoever asks knows {@link dev.nightshift.drive.Question}.
 */
@NullMarked
package dev.nightshift.prometheus;

import org.jspecify.annotations.NullMarked;
