@NullMarked
package dev.nightshift.metrics;

import org.jspecify.annotations.NullMarked;
