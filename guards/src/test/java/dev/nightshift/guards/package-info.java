/** Worlds made of numbers, in which guards and pace are tried without a database. */
@NullMarked
package dev.nightshift.guards;

import org.jspecify.annotations.NullMarked;
