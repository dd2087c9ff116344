@NullMarked
package dev.nightshift.bench.reaction;

import org.jspecify.annotations.NullMarked;
