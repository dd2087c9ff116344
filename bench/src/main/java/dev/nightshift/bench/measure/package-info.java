/**
 * What is seen of a migration from outside: lag by an own ring of instants and positions, commits by their timestamps,
 * sizes and counters by the catalog. Nothing here asks the migration itself.
 */
@NullMarked
package dev.nightshift.bench.measure;

import org.jspecify.annotations.NullMarked;
