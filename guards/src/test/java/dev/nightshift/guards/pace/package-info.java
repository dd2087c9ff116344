@NullMarked
package dev.nightshift.guards.pace;

import org.jspecify.annotations.NullMarked;
