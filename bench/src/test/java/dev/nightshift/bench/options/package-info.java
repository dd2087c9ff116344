@NullMarked
package dev.nightshift.bench.options;

import org.jspecify.annotations.NullMarked;
