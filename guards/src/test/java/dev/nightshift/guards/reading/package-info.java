@NullMarked
package dev.nightshift.guards.reading;

import org.jspecify.annotations.NullMarked;
