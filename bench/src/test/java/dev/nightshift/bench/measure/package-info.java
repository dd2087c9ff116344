@NullMarked
package dev.nightshift.bench.measure;

import org.jspecify.annotations.NullMarked;
