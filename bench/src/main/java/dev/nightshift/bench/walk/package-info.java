/** Rows per second of Nightshift's walks beside a bare loop with the same batches. */
@NullMarked
package dev.nightshift.bench.walk;

import org.jspecify.annotations.NullMarked;
