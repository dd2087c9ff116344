/** The policies one after another, each on a fresh cluster with the same data, load and link. */
@NullMarked
package dev.nightshift.bench.side;

import org.jspecify.annotations.NullMarked;
