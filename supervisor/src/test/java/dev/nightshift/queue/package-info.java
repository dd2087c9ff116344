@NullMarked
package dev.nightshift.queue;

import org.jspecify.annotations.NullMarked;
