@NullMarked
package dev.nightshift.guards.guard;

import org.jspecify.annotations.NullMarked;
