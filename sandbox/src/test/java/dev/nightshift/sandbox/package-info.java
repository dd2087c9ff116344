@NullMarked
package dev.nightshift.sandbox;

import org.jspecify.annotations.NullMarked;
