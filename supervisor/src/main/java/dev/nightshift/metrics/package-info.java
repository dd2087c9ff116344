/**
 * The metrics: names, labels and how a run's ticks become their values.
 *
 * <p>{@link dev.nightshift.metrics.RunMetrics} listens to a supervisor; counters are there at 0 before anything is
 * counted. Micrometer is named here and nowhere else.
 */
@NullMarked
package dev.nightshift.metrics;

import org.jspecify.annotations.NullMarked;
