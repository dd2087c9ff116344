/** Measurements side by side with what people do today, each a command. */
@NullMarked
package dev.nightshift.bench;

import org.jspecify.annotations.NullMarked;
