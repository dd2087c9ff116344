/** What the words behind {@code nightshift bench} ask for. Pure. */
@NullMarked
package dev.nightshift.bench.options;

import org.jspecify.annotations.NullMarked;
