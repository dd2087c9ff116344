@NullMarked
package dev.nightshift.bench.footprint;

import org.jspecify.annotations.NullMarked;
