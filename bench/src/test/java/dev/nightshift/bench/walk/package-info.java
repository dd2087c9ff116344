@NullMarked
package dev.nightshift.bench.walk;

import org.jspecify.annotations.NullMarked;
