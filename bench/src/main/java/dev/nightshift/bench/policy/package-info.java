/** The ways in which people change every row of a table today, and Nightshift's two; a class each. */
@NullMarked
package dev.nightshift.bench.policy;

import org.jspecify.annotations.NullMarked;
