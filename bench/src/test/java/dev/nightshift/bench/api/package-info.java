@NullMarked
package dev.nightshift.bench.api;

import org.jspecify.annotations.NullMarked;
