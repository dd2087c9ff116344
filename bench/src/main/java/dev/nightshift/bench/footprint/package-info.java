/** What Nightshift itself costs: memory, processor, connections, time to start, and how that grows. */
@NullMarked
package dev.nightshift.bench.footprint;

import org.jspecify.annotations.NullMarked;
