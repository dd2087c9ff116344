@NullMarked
package dev.nightshift.bench.side;

import org.jspecify.annotations.NullMarked;
